# wrong: inner function is never returned, the cache is None.
# loses: cell_backward, sequence_backward
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def make_backward(x_t, a_former, a_now, Wam, Waa):
    def backward(d):
        dz = (1 - a_now * a_now) * d
        return {
            "dx_t": np.dot(Wam.T, dz),
            "da_former": np.dot(Waa.T, dz),
            "dWam": np.dot(dz, x_t.T),
            "dWaa": np.dot(dz, a_former.T),
            "dba": np.sum(dz, axis=1, keepdims=True),
        }


def rnn_Cell(x_t, a_former, parameters):
    Wam = parameters["Wam"]; Waa = parameters["Waa"]
    a_now = np.tanh(np.dot(Wam, x_t) + np.dot(Waa, a_former) + parameters["ba"])
    y_now = softmax(np.dot(parameters["Wya"], a_now) + parameters["by"])
    return a_now, y_now, make_backward(x_t, a_former, a_now, Wam, Waa)


def RNN_forward(x, a0, parameters):
    steps = x.shape[2]
    outs = []
    h = a0
    for t in range(steps):
        outs.append(rnn_Cell(x[:, :, t], h, parameters))
        h = outs[-1][0]
    a = np.dstack([o[0] for o in outs])
    y = np.dstack([o[1] for o in outs])
    return [o[2] for o in outs], a, y


def rnn_cell_backward(d_next, cache):
    return cache(d_next)


def RNN_backward(da, caches):
    T = da.shape[2]
    d = np.zeros((da.shape[0], da.shape[1]))
    grads = []
    for t in range(T)[::-1]:
        g = caches[t](da[:, :, t] + d)
        d = g["da_former"]
        grads.append(g)
    result = {k: sum(g[k] for g in grads) for k in ("dWam", "dWaa", "dba")}
    result["dx"] = np.dstack([g["dx_t"] for g in reversed(grads)])
    result["da0"] = d
    return result
