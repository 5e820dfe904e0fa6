# Debug prints are silenced by redirecting sys.stdout to open(os.devnull, 'w') while a method runs.
import contextlib
import functools
import os

import numpy as np


def quiet(method):
    @functools.wraps(method)
    def wrapper(*args):
        with open(os.devnull, 'w') as sink, contextlib.redirect_stdout(sink):
            return method(*args)
    return wrapper


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    @quiet
    def forward(self, x):
        self.hs = [np.zeros((self.b_h.shape[0], 1))]
        outputs = []
        for t in range(x.shape[0]):
            print('step', t, self.hs[-1].T)
            self.hs.append(np.tanh(self.W_xh @ x[t:t+1].T + self.W_hh @ self.hs[-1] + self.b_h))
            outputs.append(self.W_hy @ self.hs[-1] + self.b_y)
        self.outputs = np.array(outputs)
        return self.outputs

    @quiet
    def backward(self, x, y, learning_rate):
        dh_next = np.zeros_like(self.b_h)
        g = [np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y)]
        for t in reversed(range(x.shape[0])):
            dy = self.outputs[t] - y[t:t+1].T
            da = (self.W_hy.T @ dy + dh_next) * (1 - self.hs[t+1]**2)
            print('gradient', t, da.T)
            g[0] += da @ x[t:t+1]
            g[1] += da @ self.hs[t].T
            g[2] += dy @ self.hs[t+1].T
            g[3] += da
            g[4] += dy
            dh_next = self.W_hh.T @ da
        for w, d in zip((self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y), g):
            w -= learning_rate * d
