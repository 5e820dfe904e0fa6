# wrong: da0 is the gradient that was given for the first step.
# loses: sequence_backward
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    Wam = parameters["Wam"]
    Waa = parameters["Waa"]
    Wya = parameters["Wya"]
    ba = parameters["ba"]
    by = parameters["by"]
    z = np.dot(Wam, x_t) + np.dot(Waa, a_former) + ba
    a_now = np.tanh(z)
    y_now = softmax(np.dot(Wya, a_now) + by)
    cache = (a_now, a_former, x_t, parameters)
    return a_now, y_now, cache


def RNN_forward(x, a0, parameters):
    caches = []
    n_x, m, T = x.shape
    n_y, n_a = parameters["Wya"].shape
    a = np.zeros((n_a, m, T))
    y = np.zeros((n_y, m, T))
    a_now = a0
    for t in range(T):
        a_now, y_now, cache = rnn_Cell(x[:, :, t], a_now, parameters)
        a[:, :, t] = a_now
        y[:, :, t] = y_now
        caches.append(cache)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    a_now, a_former, x_t, parameters = cache
    Wam = parameters["Wam"]
    Waa = parameters["Waa"]
    dz = (1 - a_now ** 2) * d_next
    dx_t = np.dot(Wam.T, dz)
    dWam = np.dot(dz, x_t.T)
    da_former = np.dot(Waa.T, dz)
    dWaa = np.dot(dz, a_former.T)
    dba = np.sum(dz, axis=1, keepdims=True)
    return {"dx_t": dx_t, "da_former": da_former, "dWam": dWam, "dWaa": dWaa, "dba": dba}


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    a_now, a_former, x_t, parameters = caches[0]
    n_x = x_t.shape[0]
    dx = np.zeros((n_x, m, T))
    dWam = np.zeros((n_a, n_x))
    dWaa = np.zeros((n_a, n_a))
    dba = np.zeros((n_a, 1))
    carried = np.zeros((n_a, m))
    for t in reversed(range(T)):
        grads = rnn_cell_backward(da[:, :, t] + carried, caches[t])
        carried = grads["da_former"]
        dx[:, :, t] = grads["dx_t"]
        dWam += grads["dWam"]
        dWaa += grads["dWaa"]
        dba += grads["dba"]
    return {"dx": dx, "da0": da[:, :, 0], "dWam": dWam, "dWaa": dWaa, "dba": dba}
