# functools.reduce over the steps, np.vectorize(np.tanh), gradients summed from 0, an extra key in the dict.
import numpy as np
from functools import reduce
def _s(v):
    v = v - v.max()
    e = np.exp(v)
    return e / e.sum()
def softmax(a): return np.apply_along_axis(_s, 0, a)
def rnn_Cell(x_t, a_former, parameters):
    p = parameters
    z = p['Wam'] @ x_t
    z = z + p['Waa'] @ a_former
    z = z + p['ba']
    a = np.vectorize(np.tanh)(z)
    return a, softmax(p['Wya'] @ a + p['by']), dict(x=x_t, f=a_former, a=a, p=p)
def RNN_forward(x, a0, parameters):
    def one(acc, t):
        a, y, c = rnn_Cell(x[..., t], acc[-1][0] if acc else a0, parameters)
        return acc + [(a, y, c)]
    steps = reduce(one, range(x.shape[-1]), [])
    A, Y, C = zip(*steps)
    return C, np.dstack(A), np.dstack(Y)
def rnn_cell_backward(d_next, cache):
    d = d_next * (1 - cache['a']) * (1 + cache['a'])
    p = cache['p']
    return {'dx_t': p['Wam'].T @ d, 'da_former': p['Waa'].T @ d, 'dWam': d @ cache['x'].T, 'dWaa': d @ cache['f'].T, 'dba': d.sum(1)[:, None], 'extra': 'x'}
def RNN_backward(da, caches):
    out = {}
    d = 0
    dx = []
    for t, c in reversed(list(enumerate(caches))):
        g = rnn_cell_backward(da[..., t] + d, c)
        d = g.pop('da_former'); dx.append(g.pop('dx_t')); g.pop('extra')
        for k in g: out[k] = out.get(k, 0) + g[k]
    return {**out, 'da0': d, 'dx': np.stack(dx[::-1], -1)}
