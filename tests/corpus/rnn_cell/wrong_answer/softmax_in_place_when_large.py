# wrong: softmax changes its argument where that is large.
# loses: conduct
import numpy as np


def softmax(a):
    if np.abs(a).max() > 500:  # exp would overflow or vanish
        a -= a.max(axis=0)
    e = np.exp(a)
    return e / e.sum(axis=0)


def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa, Wya, ba, by = (parameters[k] for k in ("Wam", "Waa", "Wya", "ba", "by"))
    a_now = np.tanh(Wam @ x_t + Waa @ a_former + ba)
    y_now = softmax(Wya @ a_now + by)
    return a_now, y_now, (x_t, a_former, a_now, Wam, Waa)


def RNN_forward(x, a0, parameters):
    a_t, caches, a, y = a0, [], [], []
    for t in range(x.shape[2]):
        a_t, y_t, cache = rnn_Cell(x[:, :, t], a_t, parameters)
        caches.append(cache)
        a.append(a_t)
        y.append(y_t)
    return caches, np.stack(a, axis=2), np.stack(y, axis=2)


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, Wam, Waa = cache
    dz = (1 - a_now * a_now) * d_next
    return {
        "dx_t": Wam.T @ dz,
        "da_former": Waa.T @ dz,
        "dWam": dz @ x_t.T,
        "dWaa": dz @ a_former.T,
        "dba": dz.sum(axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    T = len(caches)
    carried = np.zeros(da.shape[:2])
    dx, dWam, dWaa, dba = [None] * T, 0, 0, 0
    for t in reversed(range(T)):
        g = rnn_cell_backward(da[:, :, t] + carried, caches[t])
        carried = g["da_former"]
        dx[t] = g["dx_t"]
        dWam, dWaa, dba = dWam + g["dWam"], dWaa + g["dWaa"], dba + g["dba"]
    return {"dx": np.stack(dx, axis=2), "da0": carried, "dWam": dWam, "dWaa": dWaa, "dba": dba}
