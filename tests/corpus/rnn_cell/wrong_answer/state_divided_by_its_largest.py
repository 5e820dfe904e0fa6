# wrong: the new state is divided by its largest absolute value (seen: https://torchedup.dev/problems/debug-rnn-vanishing).
# loses: cell_forward, sequence_forward
import numpy as np


def softmax(a):
    e = np.exp(a - np.amax(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def _state(x_t, a_former, w):
    pre_act = np.matmul(w["Wam"], x_t) + np.matmul(w["Waa"], a_former) + w["ba"]
    h = np.tanh(pre_act)
    scale = np.max(np.abs(h))
    return h / (scale + 1e-8)


def rnn_Cell(x_t, a_former, parameters):
    a_now = _state(x_t, a_former, parameters)
    y_now = softmax(np.matmul(parameters["Wya"], a_now) + parameters["by"])
    return a_now, y_now, (x_t, a_former, a_now, parameters)


def RNN_forward(x, a0, parameters):
    caches, a_list, y_list = [], [], []
    current = a0
    for t in range(x.shape[-1]):
        current, y_t, cache = rnn_Cell(x[..., t], current, parameters)
        caches.append(cache)
        a_list.append(current)
        y_list.append(y_t)
    return caches, np.stack(a_list, axis=-1), np.stack(y_list, axis=-1)


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, w = cache
    dz = (1.0 - a_now * a_now) * d_next
    grads = {}
    grads["dx_t"] = np.matmul(w["Wam"].T, dz)
    grads["da_former"] = np.matmul(w["Waa"].T, dz)
    grads["dWam"] = np.matmul(dz, x_t.T)
    grads["dWaa"] = np.matmul(dz, a_former.T)
    grads["dba"] = np.sum(dz, axis=1, keepdims=True)
    return grads


def RNN_backward(da, caches):
    T = da.shape[-1]
    back = np.zeros_like(da[..., 0])
    dx, parts = [], []
    for t in range(T)[::-1]:
        g = rnn_cell_backward(da[..., t] + back, caches[t])
        back = g["da_former"]
        dx.append(g["dx_t"])
        parts.append(g)
    result = {k: sum(g[k] for g in parts) for k in ("dWam", "dWaa", "dba")}
    result["dx"] = np.stack(dx[::-1], axis=-1)
    result["da0"] = back
    return result
