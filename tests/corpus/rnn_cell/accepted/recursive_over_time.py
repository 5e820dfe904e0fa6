# Forward and backward as recursion over time; caches is a linked list.
import numpy as np


def softmax(a):
    return np.exp(-np.logaddexp.reduce(a[None, :, :] - a[:, None, :], axis=1)) if small(a) else stable(a)


def small(a):
    return a.size and float(np.abs(a).max()) < 50


def stable(a):
    e = np.exp(a - a.max(axis=0))
    return e / e.sum(axis=0)


def rnn_Cell(x_t, a_former, parameters):
    a_now = np.tanh(parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"])
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, (x_t, a_former, a_now, parameters)


def RNN_forward(x, a0, parameters):
    if x.shape[2] == 0:
        return None, np.zeros((*a0.shape, 0)), np.zeros((len(parameters["by"]), a0.shape[1], 0))
    a1, y1, cache = rnn_Cell(x[:, :, 0], a0, parameters)
    rest, a, y = RNN_forward(x[:, :, 1:], a1, parameters)
    a = np.concatenate([a1[:, :, None], a], axis=2)
    y = np.concatenate([y1[:, :, None], y], axis=2)
    return (cache, rest), a, y


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, p = cache
    d = (1 - a_now**2) * d_next
    return {
        "dx_t": p["Wam"].T @ d, "da_former": p["Waa"].T @ d,
        "dWam": d @ x_t.T, "dWaa": d @ a_former.T, "dba": d.sum(axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    cache, rest = caches
    if rest is None:
        g = rnn_cell_backward(da[:, :, 0], cache)
        return {"dx": g["dx_t"][:, :, None], "da0": g["da_former"],
                "dWam": g["dWam"], "dWaa": g["dWaa"], "dba": g["dba"]}
    later = RNN_backward(da[:, :, 1:], rest)
    g = rnn_cell_backward(da[:, :, 0] + later["da0"], cache)
    return {
        "dx": np.concatenate([g["dx_t"][:, :, None], later["dx"]], axis=2),
        "da0": g["da_former"],
        **{k: g[k] + later[k] for k in ("dWam", "dWaa", "dba")},
    }
