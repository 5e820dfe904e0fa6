# wrong: a learning rate above 0.1 is lowered to 0.1 for safety.
# loses: conduct
import numpy as np


class SimpleRNN:
    max_rate = 0.1

    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = 0.01 * np.random.randn(hidden_size, input_size)
        self.W_hh = 0.01 * np.random.randn(hidden_size, hidden_size)
        self.W_hy = 0.01 * np.random.randn(output_size, hidden_size)
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.h = [np.zeros_like(self.b_h)]
        for xt in x:
            self.h.append(np.tanh(self.W_xh @ xt.reshape(-1, 1) + self.W_hh @ self.h[-1] + self.b_h))
        self.out = [self.W_hy @ h + self.b_y for h in self.h[1:]]
        return np.array(self.out)

    def hidden_gradient(self, t, y):
        # recursion over time, from step t to the end, would be slow: walk back and collect
        collected, later = [], np.zeros_like(self.b_h)
        for s in range(len(y) - 1, t - 1, -1):
            dh = self.W_hy.T @ (self.out[s] - y[s].reshape(-1, 1)) + later
            dz = dh * (1 - self.h[s + 1] ** 2)
            later = self.W_hh.T @ dz
            collected.insert(0, dz)
        return collected

    def backward(self, x, y, learning_rate):
        rate = min(learning_rate, self.max_rate)
        dz = np.hstack(self.hidden_gradient(0, y))          # (H, T)
        e = np.hstack(self.out) - y.T                        # (O, T)
        h = np.hstack(self.h)                                # (H, T + 1)
        self.W_xh -= rate * dz @ x
        self.W_hh -= rate * dz @ h[:, :-1].T
        self.W_hy -= rate * e @ h[:, 1:].T
        self.b_h -= rate * dz.sum(axis=1, keepdims=True)
        self.b_y -= rate * e.sum(axis=1, keepdims=True)
