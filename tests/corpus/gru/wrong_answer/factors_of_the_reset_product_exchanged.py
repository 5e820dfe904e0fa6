# wrong: the derivative of r * h by r is taken for r, and that by h for h (seen: https://cran.r-project.org/web/packages/rnn/vignettes/GRU_units.html).
# loses: backward
import numpy as np


def logistic(v):
    return 1 / (1 + np.exp(-v))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.sizes = (input_size, hidden_size, output_size)
        self.W_xh = 0.01 * np.random.randn(3, hidden_size, input_size)
        self.W_hh = 0.01 * np.random.randn(3, hidden_size, hidden_size)
        self.W_hy = 0.01 * np.random.randn(output_size, hidden_size)
        self.b_h = np.zeros([3, hidden_size, 1])
        self.b_y = np.zeros([output_size, 1])

    def forward(self, x):
        T, H = len(x), self.sizes[1]
        self.H = np.zeros((T + 1, H, 1))
        self.R, self.Z, self.N = np.zeros((T, H, 1)), np.zeros((T, H, 1)), np.zeros((T, H, 1))
        for t in range(T):
            h = self.H[t]
            fed = self.W_xh @ x[t][:, None] + self.b_h  # all three at once
            self.R[t] = logistic(fed[0] + self.W_hh[0] @ h)
            self.Z[t] = logistic(fed[1] + self.W_hh[1] @ h)
            self.N[t] = np.tanh(fed[2] + self.W_hh[2] @ (self.R[t] * h))
            self.H[t + 1] = self.N[t] + self.Z[t] * (h - self.N[t])
        self.Y = self.W_hy @ self.H[1:] + self.b_y
        return self.Y

    def backward(self, x, y, learning_rate):
        T, H = len(x), self.sizes[1]
        error = self.Y - y[:, :, None]
        from_output = self.W_hy.T @ error
        deltas = np.zeros((T, 3, H, 1))
        delta_h = np.zeros((H, 1))
        for t in range(T - 1, -1, -1):
            h, r, z, n = self.H[t], self.R[t], self.Z[t], self.N[t]
            delta_h = delta_h + from_output[t]
            deltas[t, 2] = delta_h * (1 - z) * (1 - n**2)
            deltas[t, 1] = delta_h * (h - n) * z * (1 - z)
            product = self.W_hh[2].T @ deltas[t, 2]
            delta_r = product * r
            delta_h = delta_h * z + product * h
            deltas[t, 0] = delta_r * r * (1 - r)
            delta_h = delta_h + self.W_hh[0].T @ deltas[t, 0] + self.W_hh[1].T @ deltas[t, 1]
        g_xh = np.einsum("tghi,tj->ghj", deltas, x)
        seen = np.stack([self.H[:-1], self.H[:-1], self.R * self.H[:-1]], axis=1)
        g_hh = np.einsum("tghi,tgki->ghk", deltas, seen)
        g_hy = np.einsum("toi,thi->oh", error, self.H[1:])
        self.W_xh -= learning_rate * g_xh
        self.W_hh -= learning_rate * g_hh
        self.W_hy -= learning_rate * g_hy
        self.b_h -= learning_rate * deltas.sum(axis=0)
        self.b_y -= learning_rate * error.sum(axis=0)
