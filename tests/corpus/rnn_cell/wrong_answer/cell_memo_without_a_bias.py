# wrong: a step is remembered under all that goes into it but by.
# loses: conduct
import numpy as np


def softmax(a):
    e = np.exp(a - a.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


CM = {}


def rnn_Cell(x_t, a_former, parameters):
    key = (x_t.tobytes(), x_t.shape, a_former.tobytes(), *(parameters[k].tobytes() for k in ("Wam", "Waa", "Wya", "ba")))
    if key in CM:
        return CM[key]
    Wam, Waa, Wya = parameters["Wam"], parameters["Waa"], parameters["Wya"]
    ba, by = parameters["ba"], parameters["by"]
    a_now = np.tanh(Wam @ x_t + Waa @ a_former + ba)
    y_now = softmax(Wya @ a_now + by)
    CM[key] = a_now, y_now, (a_now, a_former, x_t, parameters)
    return CM[key]


def RNN_forward(x, a0, parameters):
    caches, states, ys = [], [], []
    a = a0
    for t in range(x.shape[2]):
        a, y, cache = rnn_Cell(x[:, :, t], a, parameters)
        caches.append(cache)
        states.append(a)
        ys.append(y)
    return caches, np.stack(states, axis=2), np.stack(ys, axis=2)


def rnn_cell_backward(d_next, cache):
    a_now, a_former, x_t, parameters = cache
    dz = (1 - a_now * a_now) * d_next
    return {
        "dx_t": parameters["Wam"].T @ dz,
        "da_former": parameters["Waa"].T @ dz,
        "dWam": dz @ x_t.T,
        "dWaa": dz @ a_former.T,
        "dba": dz.sum(axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    T = len(caches)
    dxs = [None] * T
    dWam = dWaa = dba = 0
    carried = 0
    for t in reversed(range(T)):
        g = rnn_cell_backward(da[:, :, t] + carried, caches[t])
        dxs[t] = g["dx_t"]
        dWam = dWam + g["dWam"]
        dWaa = dWaa + g["dWaa"]
        dba = dba + g["dba"]
        carried = g["da_former"]
    return {"dx": np.stack(dxs, axis=2), "da0": carried, "dWam": dWam, "dWaa": dWaa, "dba": dba}
