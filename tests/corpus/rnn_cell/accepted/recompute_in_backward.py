# Only the arguments are kept; backward runs forward again. Caches are numbers into a store.
import itertools

import numpy as np

STORE = {}
TICKETS = itertools.count()


def softmax(a):
    def column(c):
        e = np.exp(c - np.max(c))
        return e / np.sum(e)

    return np.apply_along_axis(column, 0, a)


def state(x_t, a_former, p):
    return np.tanh(p["Wam"] @ x_t + p["Waa"] @ a_former + p["ba"])


def rnn_Cell(x_t, a_former, parameters):
    ticket = next(TICKETS)
    STORE[ticket] = (x_t, a_former, parameters)
    a_now = state(x_t, a_former, parameters)
    return a_now, softmax(parameters["Wya"] @ a_now + parameters["by"]), ticket


def RNN_forward(x, a0, parameters):
    ticket = next(TICKETS)
    STORE[ticket] = (x, a0, parameters)
    states = run(x, a0, parameters)
    y = [softmax(parameters["Wya"] @ s + parameters["by"]) for s in states[1:]]
    return ticket, np.stack(states[1:], 2), np.stack(y, 2)


def run(x, a0, parameters):
    states = [a0]
    for t in range(x.shape[2]):
        states.append(state(x[:, :, t], states[-1], parameters))
    return states


def rnn_cell_backward(d_next, cache):
    return one(d_next, *STORE[cache])


def one(d_next, x_t, a_former, p):
    d = d_next * (1 - state(x_t, a_former, p) ** 2)
    return {
        "dx_t": p["Wam"].T @ d, "da_former": p["Waa"].T @ d,
        "dWam": d @ x_t.T, "dWaa": d @ a_former.T, "dba": d.sum(1, keepdims=True),
    }


def RNN_backward(da, caches):
    x, a0, p = STORE[caches]
    states = run(x, a0, p)
    out = {"dx": np.zeros_like(x), "dWam": 0.0, "dWaa": 0.0, "dba": 0.0}
    d = np.zeros_like(a0)
    t = x.shape[2]
    while t:
        t -= 1
        g = one(da[:, :, t] + d, x[:, :, t], states[t], p)
        d = g["da_former"]
        out["dx"][:, :, t] = g["dx_t"]
        for k in ("dWam", "dWaa", "dba"):
            out[k] = out[k] + g[k]
    out["da0"] = d
    return out
