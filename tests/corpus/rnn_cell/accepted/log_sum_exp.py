# softmax as the exponential of x minus its log-sum-exp; lists instead of tuples are returned.
import numpy as np


def log_sum_exp(a):
    top = np.max(a, axis=0, keepdims=True)
    return top + np.log(np.sum(np.exp(a - top), axis=0, keepdims=True))


def softmax(a):
    return np.exp(a - log_sum_exp(a))


def rnn_Cell(x_t, a_former, parameters):
    stacked = np.vstack([a_former, x_t])
    W = np.hstack([parameters["Waa"], parameters["Wam"]])
    a_now = np.tanh(W @ stacked + parameters["ba"])
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return [a_now, y_now, [W, stacked, a_now]]


def RNN_forward(x, a0, parameters):
    caches, a, y = [], [], []
    a_t = a0
    for t in range(x.shape[2]):
        a_t, y_t, cache = rnn_Cell(x[:, :, t], a_t, parameters)
        caches += [cache]
        a += [a_t]
        y += [y_t]
    return [caches, np.transpose(a, (1, 2, 0)), np.transpose(y, (1, 2, 0))]


def rnn_cell_backward(d_next, cache):
    W, stacked, a_now = cache
    n_a = a_now.shape[0]
    d_z = d_next * (1 - a_now * a_now)
    d_stacked = W.T @ d_z
    d_W = d_z @ stacked.T
    return {
        "da_former": d_stacked[:n_a],
        "dx_t": d_stacked[n_a:],
        "dWaa": d_W[:, :n_a],
        "dWam": d_W[:, n_a:],
        "dba": np.sum(d_z, axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    d = np.zeros(da.shape[:2])
    parts = []
    for t in range(len(caches) - 1, -1, -1):
        parts.insert(0, rnn_cell_backward(d + da[:, :, t], caches[t]))
        d = parts[0]["da_former"]
    gradients = {k: np.sum([p[k] for p in parts], 0) for k in ("dWam", "dWaa", "dba")}
    gradients["dx"] = np.stack([p["dx_t"] for p in parts], axis=2)
    gradients["da0"] = d
    return gradients
