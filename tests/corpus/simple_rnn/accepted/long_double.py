# Everything, the weights and the results included, is numpy.longdouble.
import numpy as np

REAL = np.longdouble


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = (np.random.randn(hidden_size, input_size) * 0.01).astype(REAL)
        self.W_hh = (np.random.randn(hidden_size, hidden_size) * 0.01).astype(REAL)
        self.W_hy = (np.random.randn(output_size, hidden_size) * 0.01).astype(REAL)
        self.b_h = np.zeros((hidden_size, 1), dtype=REAL)
        self.b_y = np.zeros((output_size, 1), dtype=REAL)

    def forward(self, x):
        x = x.astype(REAL)
        self.h = np.zeros((len(x) + 1, len(self.b_h), 1), dtype=REAL)
        for t in range(len(x)):
            self.h[t + 1] = np.tanh(self.W_xh @ x[t, :, None] + self.W_hh @ self.h[t] + self.b_h)
        self.out = self.W_hy @ self.h[1:] + self.b_y
        return self.out

    def backward(self, x, y, learning_rate):
        x, y, eta = x.astype(REAL), y.astype(REAL), REAL(learning_rate)
        d_out = self.out - y[:, :, None]
        d_a = np.zeros((len(x), len(self.b_h), 1), dtype=REAL)
        carry = np.zeros_like(self.b_h)
        for t in reversed(range(len(x))):
            d_a[t] = (self.W_hy.T @ d_out[t] + carry) * (1 - self.h[t + 1] ** 2)
            carry = self.W_hh.T @ d_a[t]
        self.W_xh -= eta * (d_a[:, :, 0].T @ x)
        self.W_hh -= eta * (d_a[:, :, 0].T @ self.h[:-1, :, 0])
        self.W_hy -= eta * (d_out[:, :, 0].T @ self.h[1:, :, 0])
        self.b_h -= eta * d_a.sum(0)
        self.b_y -= eta * d_out.sum(0)
