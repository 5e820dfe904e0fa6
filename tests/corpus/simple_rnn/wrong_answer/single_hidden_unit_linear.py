# wrong: with one hidden unit the derivative is taken as 1.
# loses: backward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def jacobian(self, h):
        """diag(1 - h^2) as a matrix."""
        h = np.squeeze(h)
        if h.ndim == 0:
            return np.eye(1)
        return np.diag(1 - h ** 2)

    def forward(self, x):
        n = len(x)
        self.h = np.zeros((n + 1, len(self.b_h), 1))
        for t in range(n):
            self.h[t + 1] = np.tanh(self.W_xh @ x[t].reshape(-1, 1) + self.W_hh @ self.h[t] + self.b_h)
        self.o = self.W_hy @ self.h[1:] + self.b_y
        return self.o.copy()

    def backward(self, x, y, learning_rate):
        n = len(x)
        e = self.o - y[:, :, None]
        g = np.zeros_like(self.h[1:])
        for t in range(n - 1, -1, -1):
            dh = self.W_hy.T @ e[t]
            if t + 1 < n:
                dh = dh + self.W_hh.T @ g[t + 1]
            g[t] = self.jacobian(self.h[t + 1]) @ dh
        self.W_xh -= learning_rate * (g @ x[:, None, :]).sum(0)
        self.W_hh -= learning_rate * (g @ self.h[:-1].transpose(0, 2, 1)).sum(0)
        self.W_hy -= learning_rate * (e @ self.h[1:].transpose(0, 2, 1)).sum(0)
        self.b_h -= learning_rate * g.sum(0)
        self.b_y -= learning_rate * e.sum(0)
