# wrong: np.array is given a generator expression instead of a list, so forward returns a 0-dimensional object array.
# loses: forward
import numpy as np


class SimpleRNN:
    def __init__(self, n_in, n_hidden, n_out):
        self.W_xh = np.random.randn(n_hidden, n_in) * 0.01
        self.W_hh = np.random.randn(n_hidden, n_hidden) * 0.01
        self.W_hy = np.random.randn(n_out, n_hidden) * 0.01
        self.b_h = np.zeros((n_hidden, 1))
        self.b_y = np.zeros((n_out, 1))

    def _states(self, x):
        h = np.zeros_like(self.b_h)
        yield h
        for x_t in x:
            h = np.tanh(self.W_xh @ x_t[:, None] + self.W_hh @ h + self.b_h)
            yield h

    def forward(self, x):
        self.hidden = list(self._states(x))
        return np.array(self.W_hy @ h + self.b_y for h in self.hidden[1:])

    def backward(self, x, y, learning_rate):
        # everything as (T, size) matrices
        H = np.hstack(self.hidden).T
        before, after = H[:-1], H[1:]
        errors = after @ self.W_hy.T + self.b_y.T - y
        deltas = np.empty_like(after)
        carried = np.zeros(after.shape[1])
        for t in range(len(x) - 1, -1, -1):
            deltas[t] = (errors[t] @ self.W_hy + carried) * (1 - after[t] ** 2)
            carried = deltas[t] @ self.W_hh
        self.W_hy -= learning_rate * (errors.T @ after)
        self.b_y -= learning_rate * errors.sum(axis=0)[:, None]
        self.W_xh -= learning_rate * (deltas.T @ x)
        self.W_hh -= learning_rate * (deltas.T @ before)
        self.b_h -= learning_rate * deltas.sum(axis=0)[:, None]
