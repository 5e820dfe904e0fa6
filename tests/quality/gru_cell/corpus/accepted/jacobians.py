# accepted: the Jacobian of each gate before the product with d_h.
import numpy as np


def gates(x, h, p):
    z, r = (1 / (1 + np.exp(-(p["W"][g] @ x + p["U"][g] @ h + p["b"][g]))) for g in (0, 1))
    return z, r, np.tanh(p["W"][2] @ x + p["U"][2] @ (r * h) + p["b"][2])


def gru_cell(x, h, p):
    z, _, n = gates(x, h, p)
    return n - z * n + z * h


def gru_backward(d_h, x, h, p):
    z, r, n = gates(x, h, p)
    by_z = np.diag((h - n) * z * (1 - z))
    by_n = np.diag((1 - z) * (1 - n**2))
    by_r = by_n @ p["U"][2] @ np.diag(h * r * (1 - r))
    d = np.stack([d_h @ by_z, d_h @ by_r, d_h @ by_n])
    by_h = np.diag(z) + by_z @ p["U"][0] + by_r @ p["U"][1] + by_n @ p["U"][2] @ np.diag(r)
    by_x = by_z @ p["W"][0] + by_r @ p["W"][1] + by_n @ p["W"][2]
    return {
        "dx_t": d_h @ by_x,
        "dh_prev": d_h @ by_h,
        "dW": np.multiply.outer(d, x),
        "dU": np.stack([np.outer(d[0], h), np.outer(d[1], h), np.outer(d[2], r * h)]),
        "db": d,
    }
