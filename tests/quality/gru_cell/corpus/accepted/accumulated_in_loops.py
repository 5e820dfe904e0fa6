# accepted: gradients of zeros, added to one unit after the other.
import math

import numpy as np


def gates(x, h, p):
    units, found = len(h), np.zeros((3, len(h)))
    for g in range(3):
        state = h if g < 2 else found[1] * h
        for k in range(units):
            a = p["b"][g, k] + p["W"][g, k] @ x + p["U"][g, k] @ state
            found[g, k] = 1 / (1 + math.exp(-a)) if g < 2 else math.tanh(a)
    return found


def gru_cell(x, h, p):
    z, _, n = gates(x, h, p)
    out = z * h
    out += n
    out -= z * n
    return out


def gru_backward(d_h, x, h, p):
    z, r, n = gates(x, h, p)
    found = {name: np.zeros(value.shape) for name, value in p.items()}
    dx, dh, d_reset = np.zeros(x.shape), d_h * z, np.zeros(h.shape)

    def pass_back(g, k, d_a, state, into):
        found["W"][g, k] += d_a * x
        found["U"][g, k] += d_a * state
        found["b"][g, k] += d_a
        np.add(dx, d_a * p["W"][g, k], out=dx)
        np.add(into, d_a * p["U"][g, k], out=into)

    for k in range(len(h)):
        pass_back(2, k, d_h[k] * (1 - z[k]) * (1 - n[k] ** 2), r * h, d_reset)
        pass_back(0, k, d_h[k] * (h[k] - n[k]) * z[k] * (1 - z[k]), h, dh)
    for k in range(len(h)):
        pass_back(1, k, d_reset[k] * h[k] * r[k] * (1 - r[k]), h, dh)
    dh += d_reset * r
    return {"dx_t": dx, "dh_prev": dh, **{"d" + name: value for name, value in found.items()}}
