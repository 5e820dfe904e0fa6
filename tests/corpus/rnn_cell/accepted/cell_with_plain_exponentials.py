# the cell divides plain exponentials, which its scores allow.
import numpy as np


def softmax(a):
    z = a - a.max(axis=0)
    e = np.exp(z)
    return e / e.sum(axis=0)


def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa, Wya, ba, by = (parameters[k] for k in ("Wam", "Waa", "Wya", "ba", "by"))
    z = Wam @ x_t + Waa @ a_former + ba
    a_now = np.tanh(z)
    scores = np.exp(Wya @ a_now + by)
    y_now = scores / scores.sum(axis=0)
    cache = {"x": x_t, "former": a_former, "now": a_now, "Wam": Wam, "Waa": Waa}
    return a_now, y_now, cache


def RNN_forward(x, a0, parameters):
    T = x.shape[2]
    a_t = a0
    caches, a, y = [], [], []
    for t in range(T):
        a_t, y_t, cache = rnn_Cell(x[:, :, t], a_t, parameters)
        caches.append(cache)
        a.append(a_t)
        y.append(y_t)
    return caches, np.stack(a, axis=2), np.stack(y, axis=2)


def rnn_cell_backward(d_next, cache):
    d = (1 - cache["now"] ** 2) * d_next
    return {
        "dx_t": cache["Wam"].T @ d,
        "da_former": cache["Waa"].T @ d,
        "dWam": d @ cache["x"].T,
        "dWaa": d @ cache["former"].T,
        "dba": d.sum(axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    T = len(caches)
    d_carry = np.zeros(da.shape[:2])
    dx = [None] * T
    dWam, dWaa, dba = 0, 0, 0
    for t in range(T - 1, -1, -1):
        g = rnn_cell_backward(da[:, :, t] + d_carry, caches[t])
        d_carry = g["da_former"]
        dx[t] = g["dx_t"]
        dWam = dWam + g["dWam"]
        dWaa = dWaa + g["dWaa"]
        dba = dba + g["dba"]
    return {"dx": np.stack(dx, axis=2), "da0": d_carry, "dWam": dWam, "dWaa": dWaa, "dba": dba}
