# wrong: Wam x of all steps is remembered under the bytes of x and the identity of the array Wam, so a Wam changed in place meets its old products.
# loses: conduct
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa, Wya = parameters["Wam"], parameters["Waa"], parameters["Wya"]
    ba, by = parameters["ba"], parameters["by"]
    a_now = np.tanh(np.dot(Wam, x_t) + np.dot(Waa, a_former) + ba)
    y_now = softmax(np.dot(Wya, a_now) + by)
    return a_now, y_now, (a_now, a_former, x_t, parameters)


_products = {}


def project(x, Wam):
    key = id(Wam), x.tobytes()
    if key not in _products:
        _products.clear()
        _products[key] = np.einsum("ai,imt->amt", Wam, x), Wam
    return _products[key][0]


def RNN_forward(x, a0, parameters):
    n_x, m, T = x.shape
    n_y, n_a = parameters["Wya"].shape
    a, y = np.zeros((n_a, m, T)), np.zeros((n_y, m, T))
    caches = []
    a_now = a0
    Wx = project(x, parameters["Wam"])
    for t in range(T):
        former = a_now
        a_now = np.tanh(Wx[:, :, t] + np.dot(parameters["Waa"], former) + parameters["ba"])
        a[:, :, t] = a_now
        y[:, :, t] = softmax(np.dot(parameters["Wya"], a_now) + parameters["by"])
        caches.append((a_now, former, x[:, :, t], parameters))
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
