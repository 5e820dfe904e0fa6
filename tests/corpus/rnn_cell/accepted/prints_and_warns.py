# Talks all the time, to both streams, and warns; named tuples and a default dict are returned.
import sys
import warnings
from collections import defaultdict, namedtuple

import numpy as np

Step = namedtuple("Step", "a_now y_now cache")
Run = namedtuple("Run", "caches a y")


def softmax(a):
    if a.max() - a.min() > 100:
        warnings.warn("large span")
    print("softmax of", a.shape, file=sys.stderr)
    e = np.exp(a - a.max(axis=0))
    return e / e.sum(axis=0)


def rnn_Cell(x_t, a_former, parameters):
    print("x_t", x_t.shape)
    a_now = np.tanh(parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"])
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return Step(a_now, y_now, (x_t, a_former, a_now, dict(parameters)))


def RNN_forward(x, a0, parameters):
    a, y, caches = np.zeros((*a0.shape, x.shape[2])), [], []
    a_t = a0
    for t in range(x.shape[2]):
        a_t, y_t, cache = rnn_Cell(x[:, :, t], a_t, parameters)
        a[:, :, t] = a_t
        y.append(y_t)
        caches.append(cache)
    return Run(caches, a, np.moveaxis(np.array(y), 0, 2))


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, p = cache
    d = (1 - a_now**2) * d_next
    gradients = defaultdict(lambda: np.zeros(1))
    gradients["dx_t"] = p["Wam"].T @ d
    gradients["da_former"] = p["Waa"].T @ d
    gradients["dWam"] = d @ x_t.T
    gradients["dWaa"] = d @ a_former.T
    gradients["dba"] = d.sum(axis=1, keepdims=True)
    print({k: float(np.abs(v).max()) for k, v in gradients.items()})
    return gradients


def RNN_backward(da, caches):
    gradients = defaultdict(float)
    d, dx = np.zeros(da.shape[:2]), []
    for t in range(len(caches) - 1, -1, -1):
        step = rnn_cell_backward(da[:, :, t] + d, caches[t])
        d = step["da_former"]
        dx.insert(0, step["dx_t"])
        for name in ("dWam", "dWaa", "dba"):
            gradients[name] += step[name]
    gradients["dx"] = np.stack(dx, axis=2)
    gradients["da0"] = d
    gradients["comment"] = "done"
    return gradients
