# wrong: the slope of tanh is left out of the gradients.
# loses: backward
# FILL IN: a wrong submission; each has one mistake, said above, and may say which groups it loses
import numpy as np


def step(x_t, h_prev, W, U):
    return np.tanh(W.dot(x_t) + U.dot(h_prev))


def step_back(d_h, x_t, h_prev, W, U):
    return {"dW": np.outer(d_h, x_t), "dU": np.outer(d_h, h_prev)}
