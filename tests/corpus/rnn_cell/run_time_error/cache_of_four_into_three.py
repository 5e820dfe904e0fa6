# wrong: cache of four values unpacked into three.
# loses: cell_backward, sequence_backward
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    Wam = parameters["Wam"]
    Waa = parameters["Waa"]
    Wya = parameters["Wya"]
    ba = parameters["ba"]
    by = parameters["by"]

    a_now = np.tanh(np.dot(Wam, x_t) + np.dot(Waa, a_former) + ba)
    y_now = softmax(np.dot(Wya, a_now) + by)

    cache = (a_now, a_former, x_t, parameters)
    return a_now, y_now, cache


def RNN_forward(x, a0, parameters):
    caches = []
    n_x, m, T = x.shape
    n_y, n_a = parameters["Wya"].shape

    a = np.zeros((n_a, m, T))
    y = np.zeros((n_y, m, T))
    a_next = a0

    for t in range(T):
        a_next, y_t, cache = rnn_Cell(x[:, :, t], a_next, parameters)
        a[:, :, t] = a_next
        y[:, :, t] = y_t
        caches.append(cache)

    return caches, a, y


def rnn_cell_backward(d_next, cache):
    (a_now, a_former, x_t) = cache
    Wam = parameters["Wam"]
    Waa = parameters["Waa"]

    # gradient through tanh
    dz = (1 - a_now ** 2) * d_next

    dx_t = np.dot(Wam.T, dz)
    dWam = np.dot(dz, x_t.T)
    da_former = np.dot(Waa.T, dz)
    dWaa = np.dot(dz, a_former.T)
    dba = np.sum(dz, axis=1, keepdims=True)

    gradients = {"dx_t": dx_t, "da_former": da_former, "dWam": dWam, "dWaa": dWaa, "dba": dba}
    return gradients


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    n_x = caches[0][2].shape[0]

    dx = np.zeros((n_x, m, T))
    dWam = np.zeros((n_a, n_x))
    dWaa = np.zeros((n_a, n_a))
    dba = np.zeros((n_a, 1))
    da_prevt = np.zeros((n_a, m))

    for t in reversed(range(T)):
        gradients = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = gradients["da_former"]
        dx[:, :, t] = gradients["dx_t"]
        dWam += gradients["dWam"]
        dWaa += gradients["dWaa"]
        dba += gradients["dba"]

    da0 = da_prevt
    return {"dx": dx, "da0": da0, "dWam": dWam, "dWaa": dWaa, "dba": dba}
