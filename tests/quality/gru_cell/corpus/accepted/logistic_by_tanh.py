# accepted: the logistic function as a shifted tanh.
import numpy as np


def gates(x, h, p):
    a = np.einsum("ghi,i->gh", p["W"], x) + p["b"]
    z, r = 0.5 + 0.5 * np.tanh((a[:2] + np.einsum("ghk,k->gh", p["U"][:2], h)) / 2)
    return z, r, np.tanh(a[2] + p["U"][2] @ (r * h))


def gru_cell(x, h, p):
    z, _, n = gates(x, h, p)
    return n + z * (h - n)


def gru_backward(d_h, x, h, p):
    z, r, n = gates(x, h, p)
    d_n = d_h * (1 - z) * (1 - n * n)
    back = d_n @ p["U"][2]
    d = np.array([d_h * (h - n) * z * (1 - z), back * h * r * (1 - r), d_n])
    return {
        "dx_t": np.einsum("ghi,gh->i", p["W"], d),
        "dh_prev": d_h * z + back * r + np.einsum("ghk,gh->k", p["U"][:2], d[:2]),
        "dW": np.einsum("gh,i->ghi", d, x),
        "dU": np.einsum("gh,gk->ghk", d, np.array([h, h, r * h])),
        "db": d,
    }
