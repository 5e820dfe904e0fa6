# wrong: softmax subtracts the function max where max_x is meant (seen: webmachinelearning/webnn#246).
import numpy as np


def softmax(a):
    max_x = np.max(a, axis=0, keepdims=True)
    exp_x = np.exp(a - max)
    return exp_x / np.sum(exp_x, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    a_now = np.tanh(parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"])
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, (x_t, a_former, a_now, parameters)


def RNN_forward(x, a0, parameters):
    caches, a, y = [], [a0], []
    for t in range(x.shape[2]):
        a_t, y_t, cache = rnn_Cell(x[:, :, t], a[t], parameters)
        a.append(a_t)
        y.append(y_t)
        caches.append(cache)
    return caches, np.dstack(a[1:]), np.dstack(y)


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, parameters = cache
    dz = (1 - a_now * a_now) * d_next
    return {
        "dx_t": parameters["Wam"].T @ dz,
        "da_former": parameters["Waa"].T @ dz,
        "dWam": dz @ x_t.T,
        "dWaa": dz @ a_former.T,
        "dba": dz.sum(axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    grads = {"dWam": 0, "dWaa": 0, "dba": 0}
    dx = np.zeros((caches[0][0].shape[0], m, T))
    d = np.zeros((n_a, m))
    for t in range(T - 1, -1, -1):
        g = rnn_cell_backward(da[:, :, t] + d, caches[t])
        d = g["da_former"]
        dx[:, :, t] = g["dx_t"]
        for k in grads:
            grads[k] = grads[k] + g[k]
    grads.update(dx=dx, da0=d)
    return grads
