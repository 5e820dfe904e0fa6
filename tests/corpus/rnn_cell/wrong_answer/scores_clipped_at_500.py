# wrong: inside the cells the scores are clipped to [-500, 500] before the softmax; softmax itself is right.
# loses: cell_forward, sequence_forward
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa, Wya = parameters["Wam"], parameters["Waa"], parameters["Wya"]
    ba, by = parameters["ba"], parameters["by"]
    a_now = np.tanh(np.dot(Wam, x_t) + np.dot(Waa, a_former) + ba)
    y_now = softmax(np.clip(np.dot(Wya, a_now) + by, -500, 500))
    return a_now, y_now, (a_now, a_former, x_t, parameters)


def RNN_forward(x, a0, parameters):
    n_x, m, T = x.shape
    n_y, n_a = parameters["Wya"].shape
    a, y = np.zeros((n_a, m, T)), np.zeros((n_y, m, T))
    caches = []
    a_now = a0
    for t in range(T):
        a_now, y_now, cache = rnn_Cell(x[:, :, t], a_now, parameters)
        a[:, :, t], y[:, :, t] = a_now, y_now
        caches.append(cache)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    a_now, a_former, x_t, parameters = cache
    dz = (1 - a_now**2) * d_next
    return {
        "dx_t": np.dot(parameters["Wam"].T, dz),
        "da_former": np.dot(parameters["Waa"].T, dz),
        "dWam": np.dot(dz, x_t.T),
        "dWaa": np.dot(dz, a_former.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    a_now, a0, x_t, parameters = caches[0]
    dx = np.zeros((x_t.shape[0], m, T))
    dWam, dWaa, dba = (np.zeros(parameters[k].shape) for k in ("Wam", "Waa", "ba"))
    da_former = np.zeros((n_a, m))
    for t in reversed(range(T)):
        g = rnn_cell_backward(da[:, :, t] + da_former, caches[t])
        da_former = g["da_former"]
        dx[:, :, t] = g["dx_t"]
        dWam += g["dWam"]
        dWaa += g["dWaa"]
        dba += g["dba"]
    return {"dx": dx, "da0": da_former, "dWam": dWam, "dWaa": dWaa, "dba": dba}
