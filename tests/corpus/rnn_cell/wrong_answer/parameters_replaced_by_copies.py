# wrong: the dict that was passed holds copies of its arrays afterwards.
# loses: conduct
import numpy as np


def softmax(a):
    e = np.exp(a - a.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    for name, value in parameters.items():
        parameters[name] = np.array(value, dtype=np.float64)
    Wam, Waa, Wya = parameters["Wam"], parameters["Waa"], parameters["Wya"]
    ba, by = parameters["ba"], parameters["by"]
    a_now = np.tanh(Wam @ x_t + Waa @ a_former + ba)
    y_now = softmax(Wya @ a_now + by)
    cache = (a_now, a_former, x_t, parameters)
    return a_now, y_now, cache


def RNN_forward(x, a0, parameters):
    n_x, m, T = x.shape
    n_y, n_a = parameters["Wya"].shape
    a = np.zeros((n_a, m, T))
    y = np.zeros((n_y, m, T))
    caches = []
    a_t = a0
    for t in range(T):
        a_t, y_t, cache = rnn_Cell(x[:, :, t], a_t, parameters)
        a[:, :, t] = a_t
        y[:, :, t] = y_t
        caches.append(cache)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    a_now, a_former, x_t, parameters = cache
    dz = (1 - a_now ** 2) * d_next
    return {
        "dx_t": parameters["Wam"].T @ dz,
        "da_former": parameters["Waa"].T @ dz,
        "dWam": dz @ x_t.T,
        "dWaa": dz @ a_former.T,
        "dba": dz.sum(axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    n_x = caches[0][2].shape[0]
    dx = np.zeros((n_x, m, T))
    dWam, dWaa, dba = np.zeros((n_a, n_x)), np.zeros((n_a, n_a)), np.zeros((n_a, 1))
    carry = np.zeros((n_a, m))
    for t in reversed(range(T)):
        g = rnn_cell_backward(da[:, :, t] + carry, caches[t])
        dx[:, :, t] = g["dx_t"]
        carry = g["da_former"]
        dWam += g["dWam"]
        dWaa += g["dWaa"]
        dba += g["dba"]
    return {"dx": dx, "da0": carry, "dWam": dWam, "dWaa": dWaa, "dba": dba}
