from numpy import *
from numpy.random import randn
import math
class _Base(object):
    pass
def _make(name, bases, ns): return type(name, bases, ns)
def __init__(self, a, b, c):
    self.W_xh = randn(b*a).reshape(b, a)*1e-2; self.W_hh = randn(b*b).reshape(b, b)/100; self.W_hy = .01*randn(c*b).reshape(c, b)
    self.b_h = zeros([b, 1]); self.b_y = array([[0.]]*c)
def forward(self, x):
    self.h = {-1: [[0.]]*len(self.b_h)}
    out = []
    for t in range(len(x)):
        self.h[t] = [[math.tanh(float(u[0]))] for u in (self.W_xh@x[t].reshape(-1,1)+self.W_hh@array(self.h[t-1])+self.b_h).tolist()]
        out.append((self.W_hy@array(self.h[t])+self.b_y).tolist())
    return out
def backward(self, x, y, learning_rate):
    T = len(x); p = forward(self, x); nxt = zeros_like(self.b_h)
    G = {k: zeros_like(getattr(self, k)) for k in 'W_xh W_hh W_hy b_h b_y'.split()}
    for t in range(T-1, -1, -1):
        h = array(self.h[t]); dy = array(p[t]) - y[t].reshape(-1, 1)
        dh = (self.W_hy.T@dy + nxt)*(1-h*h)
        for k, g in zip(G, (dh@x[t].reshape(1,-1), dh@array(self.h[t-1]).T, dy@h.T, dh, dy)): G[k] += g
        nxt = self.W_hh.T@dh
    for k in G: setattr(self, k, getattr(self, k)-learning_rate*G[k])
SimpleRNN = _make('SimpleRNN', (_Base,), dict(__init__=__init__, forward=forward, backward=backward))
