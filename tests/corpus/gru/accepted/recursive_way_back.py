# forward and backward are one recursion over the sequence
import sys

import numpy as np

sys.setrecursionlimit(5000)


def sigmoid(a):
    return np.exp(-np.logaddexp(0, -a))


class GRU:
    __slots__ = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")

    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def step(self, x_t, h):
        r, z = (
            sigmoid(self.W_xh[k] @ x_t + self.W_hh[k] @ h + self.b_h[k]) for k in range(2)
        )
        n = np.tanh(self.W_xh[2] @ x_t + self.W_hh[2] @ (r * h) + self.b_h[2])
        return r, z, n, n + (h - n) * z

    def forward(self, x):
        h = np.zeros(self.b_h.shape[1:])
        found = []
        for x_t in x[:, :, None]:
            h = self.step(x_t, h)[-1]
            found.append((self.W_hy @ h + self.b_y).tolist())
        return found

    def from_here(self, x, y, h, add):
        """Add the gradients of all steps from here on; return dL/dh."""
        if len(x) == 0:
            return np.zeros_like(h)
        x_t = x[0][:, None]
        r, z, n, after = self.step(x_t, h)
        error = self.W_hy @ after + self.b_y - y[0][:, None]
        d = self.from_here(x[1:], y[1:], after, add) + self.W_hy.T @ error
        d_n = d * (1 - z) * (1 - np.square(n))
        d_rh = self.W_hh[2].T @ d_n
        d_r = d_rh * h * r * (1 - r)
        d_z = d * (h - n) * z * (1 - z)
        add("W_hy", error @ after.T)
        add("b_y", error)
        add("b_h", np.array([d_r, d_z, d_n]))
        add("W_xh", np.array([d_r @ x_t.T, d_z @ x_t.T, d_n @ x_t.T]))
        add("W_hh", np.array([d_r @ h.T, d_z @ h.T, d_n @ (r * h).T]))
        return d * z + r * d_rh + self.W_hh[0].T @ d_r + self.W_hh[1].T @ d_z

    def backward(self, x, y, learning_rate):
        sums = {}

        def add(name, part):
            sums[name] = sums.get(name, 0) + part

        self.from_here(x, y, np.zeros(self.b_h.shape[1:]), add)
        for name, value in sums.items():
            setattr(self, name, getattr(self, name) - learning_rate * value)
