# Each column is treated by itself as a vector; the batch is a sum over columns.
import numpy as np


def softmax_vector(v):
    v = v - v.max()
    return np.exp(v) / np.exp(v).sum()


def softmax(a):
    return np.column_stack([softmax_vector(a[:, j]) for j in range(a.shape[1])])


def rnn_Cell(x_t, a_former, parameters):
    m = x_t.shape[1]
    ba, by = parameters["ba"].ravel(), parameters["by"].ravel()
    a_now = np.zeros(a_former.shape)
    y_now = np.zeros((by.size, m))
    for j in range(m):
        a_now[:, j] = np.tanh(
            parameters["Wam"].dot(x_t[:, j]) + parameters["Waa"].dot(a_former[:, j]) + ba
        )
        y_now[:, j] = softmax_vector(parameters["Wya"].dot(a_now[:, j]) + by)
    return a_now, y_now, (x_t, a_former, a_now, parameters)


def RNN_forward(x, a0, parameters):
    n_x, m, T = x.shape
    a = np.zeros((a0.shape[0], m, T))
    y = np.zeros((parameters["by"].size, m, T))
    caches = [None] * T
    for t in range(T):
        former = a0 if t == 0 else a[:, :, t - 1]
        a[:, :, t], y[:, :, t], caches[t] = rnn_Cell(x[:, :, t], former, parameters)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, parameters = cache
    dx, da = np.zeros(x_t.shape), np.zeros(a_former.shape)
    dWam, dWaa = np.zeros(parameters["Wam"].shape), np.zeros(parameters["Waa"].shape)
    dba = np.zeros(parameters["ba"].shape)
    for j in range(x_t.shape[1]):
        d = (1 - a_now[:, j] ** 2) * d_next[:, j]
        dx[:, j] = d.dot(parameters["Wam"])
        da[:, j] = d.dot(parameters["Waa"])
        dWam += np.outer(d, x_t[:, j])
        dWaa += np.outer(d, a_former[:, j])
        dba[:, 0] += d
    return {"dx_t": dx, "da_former": da, "dWam": dWam, "dWaa": dWaa, "dba": dba}


def RNN_backward(da, caches):
    total = {}
    dx = []
    carried = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        g = rnn_cell_backward(da[:, :, t] + carried, caches[t])
        carried = g["da_former"]
        dx.append(g["dx_t"])
        for k in ("dWam", "dWaa", "dba"):
            total[k] = total.get(k, 0) + g[k]
    total["dx"] = np.stack(dx[::-1], axis=2)
    total["da0"] = carried
    return total
