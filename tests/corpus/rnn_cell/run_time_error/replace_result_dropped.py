# wrong: _replace of a namedtuple returns a new tuple, but its result is dropped, so a_now in the cache stays None and the backward pass raises a TypeError.
from typing import NamedTuple, Optional

import numpy as np


class StepCache(NamedTuple):
    x_t: np.ndarray
    a_former: np.ndarray
    Wam: np.ndarray
    Waa: np.ndarray
    a_now: Optional[np.ndarray] = None


def softmax(a):
    out = np.zeros(a.shape)
    for j in range(a.shape[1]):
        column = np.exp(a[:, j] - max(a[:, j]))
        out[:, j] = column / column.sum()
    return out


def rnn_Cell(x_t, a_former, parameters):
    cache = StepCache(x_t, a_former, parameters["Wam"], parameters["Waa"])
    a_now = np.tanh(cache.Wam @ x_t + cache.Waa @ a_former + parameters["ba"])
    cache._replace(a_now=a_now)
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, cache


def RNN_forward(x, a0, parameters):
    caches, states, outputs = [], [a0], []
    for t in range(x.shape[2]):
        a_now, y_now, cache = rnn_Cell(x[:, :, t], states[-1], parameters)
        states.append(a_now)
        outputs.append(y_now)
        caches.append(cache)
    return tuple(caches), np.stack(states[1:], axis=2), np.stack(outputs, axis=2)


def rnn_cell_backward(d_next, cache):
    dz = (1.0 - cache.a_now * cache.a_now) * d_next
    dba = np.zeros((dz.shape[0], 1))
    for j in range(dz.shape[1]):
        dba[:, 0] += dz[:, j]
    return {
        "dx_t": cache.Wam.T @ dz,
        "da_former": cache.Waa.T @ dz,
        "dWam": dz @ cache.x_t.T,
        "dWaa": dz @ cache.a_former.T,
        "dba": dba,
    }


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    n_x = caches[0].x_t.shape[0]
    result = {
        "dx": np.zeros((n_x, m, T)),
        "da0": np.zeros((n_a, m)),
        "dWam": np.zeros((n_a, n_x)),
        "dWaa": np.zeros((n_a, n_a)),
        "dba": np.zeros((n_a, 1)),
    }
    for t in reversed(range(T)):
        now = rnn_cell_backward(da[:, :, t] + result["da0"], caches[t])
        result["dx"][:, :, t] = now["dx_t"]
        result["da0"] = now["da_former"]
        for name in ("dWam", "dWaa", "dba"):
            result[name] += now[name]
    return result
