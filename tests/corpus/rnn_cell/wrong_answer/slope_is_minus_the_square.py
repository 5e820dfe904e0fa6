# wrong: the derivative of tanh is -a^2, its 1 is missing (seen: scutan90/DeepLearning-500-questions#544).
# loses: cell_backward, sequence_backward
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0))
    return e / np.sum(e, axis=0)


def rnn_Cell(x_t, a_former, parameters):
    stacked_w = np.hstack([parameters["Waa"], parameters["Wam"]])
    stacked_in = np.vstack([a_former, x_t])
    a_now = np.tanh(stacked_w @ stacked_in + parameters["ba"])
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, (stacked_w, stacked_in, a_now)


def RNN_forward(x, a0, parameters):
    a, y, caches = [], [], []
    for t in range(x.shape[2]):
        before = a[-1] if a else a0
        a_t, y_t, cache = rnn_Cell(x[:, :, t], before, parameters)
        a.append(a_t)
        y.append(y_t)
        caches.append(cache)
    return caches, np.dstack(a), np.dstack(y)


def rnn_cell_backward(d_next, cache):
    stacked_w, stacked_in, a_now = cache
    n_a = len(a_now)
    d_tanh = -(a_now ** 2)
    dz = d_tanh * d_next
    d_in = stacked_w.T @ dz
    d_w = dz @ stacked_in.T
    return {
        "da_former": d_in[:n_a],
        "dx_t": d_in[n_a:],
        "dWaa": d_w[:, :n_a],
        "dWam": d_w[:, n_a:],
        "dba": dz.sum(axis=1).reshape(n_a, 1),
    }


def RNN_backward(da, caches):
    T = da.shape[2]
    dx = [0] * T
    total = {"dWam": 0, "dWaa": 0, "dba": 0}
    d_former = np.zeros_like(da[:, :, 0])
    for t in reversed(range(T)):
        g = rnn_cell_backward(da[:, :, t] + d_former, caches[t])
        d_former = g["da_former"]
        dx[t] = g["dx_t"]
        total = {k: v + g[k] for k, v in total.items()}
    total["dx"] = np.dstack(dx)
    total["da0"] = d_former
    return total
