# The gradient at each state is summed from explicit Jacobians of every later state, sample by sample.
import numpy as np


def softmax(a):
    half = a / 2  # the difference of two halves never overflows
    e = np.exp(half - half.max(axis=0)) ** 2
    return e / e.sum(axis=0)


def rnn_Cell(x_t, a_former, parameters):
    a_now = np.tanh(parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"])
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, (x_t, a_former, a_now, parameters)


def RNN_forward(x, a0, parameters):
    steps = []
    for t in range(x.shape[2]):
        steps.append(rnn_Cell(x[:, :, t], steps[-1][0] if steps else a0, parameters))
    a, y, caches = zip(*steps)
    return caches, np.stack(a, axis=2), np.stack(y, axis=2)


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, p = cache
    J = (1 - a_now.T**2)[:, :, None] * p["Waa"]  # (m, n_a, n_a): d a_now / d a_former
    K = (1 - a_now.T**2)[:, :, None] * p["Wam"]  # (m, n_a, n_x)
    local = (1 - a_now**2) * d_next
    return {
        "da_former": np.einsum("mab,am->bm", J, d_next),
        "dx_t": np.einsum("max,am->xm", K, d_next),
        "dWam": (local[:, None, :] * x_t[None, :, :]).sum(-1),
        "dWaa": (local[:, None, :] * a_former[None, :, :]).sum(-1),
        "dba": local.sum(-1, keepdims=True),
    }


def RNN_backward(da, caches):
    T = len(caches)
    n_a, m = caches[0][2].shape
    dx, dWam, dWaa, dba, da0 = [None] * T, 0, 0, 0, np.zeros((n_a, m))
    J = [(1 - c[2].T**2)[:, :, None] * c[3]["Waa"] for c in caches]
    reaching = [da[:, :, t].T[:, None, :].copy() for t in range(T)]  # (m, 1, n_a)
    for t in range(T - 2, -1, -1):
        reaching[t] += reaching[t + 1] @ J[t + 1]
    for t, cache in enumerate(caches):
        g = rnn_cell_backward(reaching[t][:, 0, :].T, cache)
        dx[t], dWam, dWaa, dba = g["dx_t"], dWam + g["dWam"], dWaa + g["dWaa"], dba + g["dba"]
        if t == 0:
            da0 = g["da_former"]
    return {"dx": np.stack(dx, axis=2), "da0": da0, "dWam": dWam, "dWaa": dWaa, "dba": dba}
