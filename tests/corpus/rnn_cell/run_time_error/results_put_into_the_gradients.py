# wrong: what belongs into dx is put into the gradients of the step.
# loses: sequence_backward
import numpy as np


def tanh(z):
    return np.tanh(z.astype(np.longdouble)).astype(np.float64)

def slope(h):
    return np.subtract(1, np.power(h, 2))


class Cache:
    def __init__(self, *fields):
        self.fields = fields


def softmax(v):
    w = v - v.max(axis=0)
    return np.exp(w - np.log(np.exp(w).sum(axis=0)))


def rnn_Cell(xt, a_prev, parameters):
    Wam = parameters['Wam']
    Waa = parameters['Waa']
    Wya = parameters['Wya']
    ba = parameters['ba']
    by = parameters['by']
    x_i, a_i = np.ascontiguousarray(xt), np.ascontiguousarray(a_prev)
    z = ((x_i.T @ Wam.T).T) + (((a_i.T @ Waa.T).T) + ba)
    h = tanh(z)
    a_next, yt_pred = h, softmax((((h.T @ Wya.T).T) + by))
    xt, a_prev = xt.copy(), a_prev.copy()
    parameters = {k: v.copy() for k, v in parameters.items()}
    cache = Cache(xt, a_prev, a_next, z, parameters)
    return a_next, yt_pred, cache


def rnn_cell_backward(d_next, cache):
    xt, a_prev, a_next, z, parameters = cache.fields
    Wam = parameters['Wam']
    Waa = parameters['Waa']
    dtanh = slope(a_next) * np.ascontiguousarray(d_next)
    return {'dx_t': (Wam.T @ dtanh), 'da_former': (Waa.T @ dtanh), 'dWam': dtanh @ np.ascontiguousarray(xt).T, 'dWaa': dtanh @ np.ascontiguousarray(a_prev).T, 'dba': dtanh @ np.ones((dtanh.shape[1], 1)), 'dtanh': 0.0}


def RNN_forward(x, a0, parameters):
    caches, a, y, a_t = [], [], [], a0
    for t in range(x.shape[2]):
        a_t, y_t, cache = rnn_Cell(x[:, :, t], a_t, parameters)
        caches.append(cache)
        a.append(a_t)
        y.append(y_t)
    return (caches, x), np.stack(a, axis=-1).tolist(), np.stack(y, axis=-1).tolist()


def RNN_backward(da, caches):
    caches, x = caches
    T, dx, carried = da.shape[2], {}, 0.0
    parts = {name: [] for name in ('dWam', 'dWaa', 'dba')}
    for t in reversed(range(T)):
        found = rnn_cell_backward(da[:, :, t] + carried, caches[t])
        carried = found['da_former']
        found[t] = found['dx_t']
        parts['dWam'].append(found['dWam'])
        parts['dWaa'].append(found['dWaa'])
        parts['dba'].append(found['dba'])
    dx = np.stack([dx[t] for t in range(T)], axis=-1).tolist()
    return {'dx': dx, 'da0': carried, 'dWam': sum(reversed(parts['dWam'])), 'dWaa': sum(reversed(parts['dWaa'])), 'dba': sum(reversed(parts['dba']))}
