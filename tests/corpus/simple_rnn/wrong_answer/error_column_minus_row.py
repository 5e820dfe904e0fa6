# wrong: prediction (O,1) minus target (O,) broadcasts to (O,O), and the rows are then summed.
# loses: backward
import numpy as np


def outer_time(a, b):
    # sum over time of a_t b_t^T for lists of columns
    return sum(u @ v.T for u, v in zip(a, b))


class SimpleRNN:
    def __init__(self, nx, nh, ny):
        self.nh = nh
        self.W_xh, self.W_hh, self.W_hy = (
            np.random.randn(nh, nx) * 0.01,
            np.random.randn(nh, nh) * 0.01,
            np.random.randn(ny, nh) * 0.01,
        )
        self.b_h, self.b_y = np.zeros((nh, 1)), np.zeros((ny, 1))

    def forward(self, x):
        self.H = [np.zeros((self.nh, 1))]
        self.Y = []
        for row in x:
            self.H += [np.tanh(self.W_xh @ np.c_[row] + self.W_hh @ self.H[-1] + self.b_h)]
            self.Y += [self.W_hy @ self.H[-1] + self.b_y]
        return np.array(self.Y)

    def backward(self, x, y, learning_rate):
        E = [(p - t).sum(axis=1, keepdims=True) for p, t in zip(self.Y, y)]
        G = [None] * len(x)
        carry = 0
        for t in range(len(x) - 1, -1, -1):
            G[t] = (self.W_hy.T @ E[t] + carry) * (1 - self.H[t + 1] ** 2)
            carry = self.W_hh.T @ G[t]
        d_hy = outer_time(E, self.H[1:])
        d_hh = outer_time(G, self.H[:-1])
        d_xh = outer_time(G, [np.c_[row] for row in x])
        self.W_hy = self.W_hy - learning_rate * d_hy
        self.W_hh = self.W_hh - learning_rate * d_hh
        self.W_xh = self.W_xh - learning_rate * d_xh
        self.b_h = self.b_h - learning_rate * sum(G)
        self.b_y = self.b_y - learning_rate * sum(E)
