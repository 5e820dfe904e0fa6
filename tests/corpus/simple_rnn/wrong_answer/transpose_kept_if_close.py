# wrong: a contiguous copy of W_hh^T is renewed only if it is not numpy.allclose to the weights, so it lags behind small changes.
# loses: conduct
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.W_hh_T = None

    def forward(self, x):
        steps = len(x)
        self.h = np.zeros((steps + 1, len(self.b_h)))
        drive = x @ self.W_xh.T + self.b_h[:, 0]
        for t in range(steps):
            self.h[t + 1] = np.tanh(drive[t] + self.W_hh @ self.h[t])
        self.out = self.h[1:] @ self.W_hy.T + self.b_y[:, 0]
        return self.out[:, :, None].copy()

    def backward(self, x, y, learning_rate):
        steps = len(x)
        if self.W_hh_T is None or not np.allclose(self.W_hh_T, self.W_hh.T):
            self.W_hh_T = self.W_hh.T.copy()
        dy = self.out - y
        dh = dy @ self.W_hy
        slope = 1 - self.h[1:] ** 2
        dz = np.zeros_like(dh)
        for t in range(steps - 1, -1, -1):
            if t + 1 < steps:
                dh[t] += self.W_hh_T @ dz[t + 1]
            dz[t] = dh[t] * slope[t]
        self.W_xh = self.W_xh - learning_rate * dz.T @ x
        self.W_hh = self.W_hh - learning_rate * dz.T @ self.h[:-1]
        self.W_hy = self.W_hy - learning_rate * dy.T @ self.h[1:]
        self.b_h = self.b_h - learning_rate * dz.sum(axis=0)[:, None]
        self.b_y = self.b_y - learning_rate * dy.sum(axis=0)[:, None]
