# wrong: the derivative of tanh is 1 + a^2, that of the tangent (seen: nicodjimenez/lstm#41).
# loses: cell_backward, sequence_backward
import numpy as np


def softmax(a):
    out = np.exp(a - a.max(axis=0))
    out /= out.sum(axis=0)
    return out


def tanh_derivative(values):
    return 1. + values ** 2


def rnn_Cell(x_t, a_former, parameters):
    Wam = parameters["Wam"]
    Waa = parameters["Waa"]
    a_now = np.tanh(np.dot(Wam, x_t) + np.dot(Waa, a_former) + parameters["ba"])
    y_now = softmax(np.dot(parameters["Wya"], a_now) + parameters["by"])
    return a_now, y_now, [x_t, a_former, a_now, Wam, Waa]


def RNN_forward(x, a0, parameters):
    n_steps = x.shape[2]
    a = np.zeros(a0.shape + (n_steps,))
    y = np.zeros((len(parameters["by"]), x.shape[1], n_steps))
    caches = []
    s = a0
    for t in range(n_steps):
        s, p, c = rnn_Cell(x[:, :, t], s, parameters)
        a[:, :, t], y[:, :, t] = s, p
        caches.append(c)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, Wam, Waa = cache
    dz = tanh_derivative(a_now) * d_next
    return {"dx_t": np.dot(Wam.T, dz), "da_former": np.dot(Waa.T, dz),
            "dWam": np.dot(dz, x_t.T), "dWaa": np.dot(dz, a_former.T),
            "dba": np.sum(dz, axis=1, keepdims=True)}


def RNN_backward(da, caches):
    dx = np.zeros((caches[0][0].shape[0], da.shape[1], da.shape[2]))
    dWam = dWaa = dba = 0
    bottom_diff = np.zeros(da.shape[:2])
    idx = da.shape[2] - 1
    while idx >= 0:
        g = rnn_cell_backward(da[:, :, idx] + bottom_diff, caches[idx])
        bottom_diff = g["da_former"]
        dx[:, :, idx] = g["dx_t"]
        dWam = dWam + g["dWam"]
        dWaa = dWaa + g["dWaa"]
        dba = dba + g["dba"]
        idx -= 1
    return {"dx": dx, "da0": bottom_diff, "dWam": dWam, "dWaa": dWaa, "dba": dba}
