# wrong: dz is d_next / (1 - a^2), the reciprocal of the slope (seen: oreilly-japan/deep-learning-from-scratch-2#26).
# loses: cell_backward, sequence_backward
import numpy as np


def softmax(a):
    e = np.exp(a - a.max(axis=0))
    return e / e.sum(axis=0)


def rnn_Cell(x_t, a_former, parameters):
    p = parameters
    a_now = np.tanh(p["Wam"] @ x_t + p["Waa"] @ a_former + p["ba"])
    y_now = softmax(p["Wya"] @ a_now + p["by"])
    return a_now, y_now, (x_t, a_former, a_now, p)


def RNN_forward(x, a0, parameters):
    h, hs, ys, caches = a0, [], [], []
    for t in range(x.shape[2]):
        h, y, cache = rnn_Cell(x[:, :, t], h, parameters)
        hs.append(h)
        ys.append(y)
        caches.append(cache)
    return caches, np.stack(hs, axis=2), np.stack(ys, axis=2)


def rnn_cell_backward(d_next, cache):
    x, h_prev, h_next, p = cache
    dt = d_next / (1 - h_next ** 2)
    return {
        "dx_t": p["Wam"].T @ dt,
        "da_former": p["Waa"].T @ dt,
        "dWam": dt @ x.T,
        "dWaa": dt @ h_prev.T,
        "dba": dt.sum(axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    total = None
    dxs = []
    carry = 0
    for t in reversed(range(da.shape[2])):
        g = rnn_cell_backward(da[:, :, t] + carry, caches[t])
        carry = g.pop("da_former")
        dxs.insert(0, g.pop("dx_t"))
        total = g if total is None else {k: total[k] + g[k] for k in g}
    return {"dx": np.stack(dxs, axis=2), "da0": carry, **total}
