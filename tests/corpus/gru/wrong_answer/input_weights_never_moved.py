# wrong: W_xh is never updated, the others are.
# loses: backward
import numpy as np


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        init = lambda *shape: np.random.randn(*shape) * 0.01
        self.W_xh = init(3, hidden_size, input_size)
        self.W_hh = init(3, hidden_size, hidden_size)
        self.W_hy = init(output_size, hidden_size)
        self.b_h, self.b_y = np.zeros((3, hidden_size, 1)), np.zeros((output_size, 1))

    def forward(self, x):
        self.h, self.r, self.z, self.n, self.y = {-1: self.b_h[0] * 0}, {}, {}, {}, {}
        for t in range(len(x)):
            x_t, h = x[t].reshape((-1, 1)), self.h[t - 1]
            self.r[t] = 1 / (1 + np.exp(-self.W_xh[0].dot(x_t) - self.W_hh[0].dot(h) - self.b_h[0]))
            self.z[t] = 1 / (1 + np.exp(-self.W_xh[1].dot(x_t) - self.W_hh[1].dot(h) - self.b_h[1]))
            inside = self.W_xh[2].dot(x_t) + self.W_hh[2].dot(self.r[t] * h) + self.b_h[2]
            self.n[t] = np.tanh(inside)
            self.h[t] = (1 - self.z[t]) * self.n[t] + self.z[t] * h
            self.y[t] = self.W_hy.dot(self.h[t]) + self.b_y
        return np.array([self.y[t] for t in range(len(x))])

    def backward(self, x, y, learning_rate):
        U, V = self.W_hh.copy(), self.W_hy.copy()
        dh_next = np.zeros(self.b_h[0].shape)
        for t in range(len(x) - 1, -1, -1):
            h, r, z, n = self.h[t - 1], self.r[t], self.z[t], self.n[t]
            step = learning_rate * (self.y[t] - y[t].reshape((-1, 1)))
            self.W_hy -= step.dot(self.h[t].T)
            self.b_y -= step
            dh = V.T.dot(step) + dh_next
            dn = dh * (1 - z) * (1 - n * n)
            drh = U[2].T.dot(dn)
            dr = drh * h * r * (1 - r)
            dz = dh * (h - n) * z * (1 - z)
            dh_next = drh * r + U[0].T.dot(dr) + U[1].T.dot(dz) + dh * z
            for k, (d, left) in enumerate(((dr, h), (dz, h), (dn, r * h))):
                self.W_hh[k] -= np.outer(d, left)
                self.b_h[k] -= d
