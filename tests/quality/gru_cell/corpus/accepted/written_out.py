# accepted: every gate by its own name.
import numpy as np


def logistic(a):
    return 1.0 / (1.0 + np.exp(-a))


def forward(x, h, p):
    W_z, W_r, W_n = p["W"]
    U_z, U_r, U_n = p["U"]
    b_z, b_r, b_n = p["b"]
    z = logistic(W_z.dot(x) + U_z.dot(h) + b_z)
    r = logistic(W_r.dot(x) + U_r.dot(h) + b_r)
    n = np.tanh(W_n.dot(x) + U_n.dot(r * h) + b_n)
    return z, r, n, (1 - z) * n + z * h


def gru_cell(x_t, h_prev, parameters):
    return forward(x_t, h_prev, parameters)[-1]


def gru_backward(d_h, x_t, h_prev, parameters):
    z, r, n, _ = forward(x_t, h_prev, parameters)
    W_z, W_r, W_n = parameters["W"]
    U_z, U_r, U_n = parameters["U"]
    da_n = d_h * (1 - z) * (1 - n**2)
    da_z = d_h * (h_prev - n) * z * (1 - z)
    d_rh = U_n.T.dot(da_n)
    da_r = d_rh * h_prev * r * (1 - r)
    dx = W_z.T.dot(da_z) + W_r.T.dot(da_r) + W_n.T.dot(da_n)
    dh = d_h * z + U_z.T.dot(da_z) + U_r.T.dot(da_r) + d_rh * r
    dW = np.stack([np.outer(a, x_t) for a in (da_z, da_r, da_n)])
    dU = np.stack([np.outer(da_z, h_prev), np.outer(da_r, h_prev), np.outer(da_n, r * h_prev)])
    return {"dx_t": dx, "dh_prev": dh, "dW": dW, "dU": dU, "db": np.stack([da_z, da_r, da_n])}
