# accepted: no derivative by hand: complex steps of the forward function, one number at a time.
import numpy as np


def gru_cell(x, h, p):
    W, U, b = (p[name] for name in ("W", "U", "b"))
    z, r = (1 / (1 + np.exp(-(W[g] @ x + U[g] @ h + b[g]))) for g in (0, 1))
    n = np.tanh(W[2] @ x + U[2] @ (r * h) + b[2])
    return (1 - z) * n + z * h


def gru_backward(d_h, x_t, h_prev, parameters):
    values = {"x_t": x_t, "h_prev": h_prev, **parameters}
    found = {}
    for name, value in values.items():
        gradient = np.zeros(value.shape)
        for at in np.ndindex(value.shape):
            moved = value.astype(complex)
            moved[at] += 1e-50j
            now = {**values, name: moved}
            step = gru_cell(now["x_t"], now["h_prev"], now).imag / 1e-50
            gradient[at] = d_h @ step
        found["d" + name] = gradient
    return found
