# Golfed: lambdas, walrus, accumulate and exec of a template instead of methods spelled out.
from itertools import accumulate
from numpy import *
N = 'W_xh W_hh W_hy b_h b_y'.split()
class SimpleRNN:
    def __init__(s, I, H, O): s.__dict__ |= dict(zip(N, [.01 * random.randn(a, b) for a, b in ((H, I), (H, H), (O, H))] + [zeros((H, 1)), zeros((O, 1))]))
    forward = lambda s, x: (setattr(s, 'h', h := array([*accumulate(x[..., None], lambda h, v: tanh(s.W_xh @ v + s.W_hh @ h + s.b_h), initial=0 * s.b_h)])), setattr(s, 'o', o := s.W_hy @ h[1:] + s.b_y))[1] or s.o
    def backward(s, x, y, r):
        e = s.o - y[..., None]; p = 1 - s.h[1:]**2; q = s.W_hy.T @ e; W = s.W_hh.T
        d = array([*accumulate(range(len(x))[::-1], lambda d, t: (q[t] + W @ d) * p[t], initial=0 * s.b_h)][:0:-1])
        t = lambda a: a.swapaxes(1, 2)
        for n, g in zip(N, (d @ x[:, None], d @ t(s.h[:-1]), e @ t(s.h[1:]), d, e)): exec(f's.{n} = s.{n} - r * g.sum(0)')
