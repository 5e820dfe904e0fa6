# FILL IN: a right submission, as a student writes it; every other one here in another style
import numpy as np


def step(x_t, h_prev, W, U):
    return np.tanh(W.dot(x_t) + U.dot(h_prev))


def step_back(d_h, x_t, h_prev, W, U):
    h_t = step(x_t, h_prev, W, U)
    d_a = d_h * (1 - h_t * h_t)
    return {"dW": np.outer(d_a, x_t), "dU": np.outer(d_a, h_prev)}
