# Column-major everywhere: weights, states and the returned outputs are Fortran-ordered arrays.
import numpy as np


def F(a):
    return np.asfortranarray(a)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = F(np.random.randn(hidden_size, input_size) * 0.01)
        self.W_hh = F(np.random.randn(hidden_size, hidden_size) * 0.01)
        self.W_hy = F(np.random.randn(output_size, hidden_size) * 0.01)
        self.b_h = np.zeros((hidden_size, 1), order="F")
        self.b_y = np.zeros((output_size, 1), order="F")

    def forward(self, x):
        n_steps = x.shape[0]
        hidden = np.zeros((self.b_h.shape[0], n_steps + 1), order="F")  # one column per step
        drive = self.W_xh @ x.T + self.b_h
        for t in range(n_steps):
            hidden[:, t + 1] = np.tanh(drive[:, t] + self.W_hh @ hidden[:, t])
        self.hidden = hidden
        self.result = F((self.W_hy @ hidden[:, 1:] + self.b_y).T[:, :, None])
        return self.result

    def backward(self, x, y, learning_rate):
        n_steps = x.shape[0]
        err = F(self.result[:, :, 0].T - y.T)
        da = F(self.W_hy.T @ err)
        da[:, -1] *= 1 - self.hidden[:, -1] ** 2
        for t in range(n_steps - 2, -1, -1):
            da[:, t] += self.W_hh.T @ da[:, t + 1]
            da[:, t] *= 1 - self.hidden[:, t + 1] ** 2
        self.W_xh = F(self.W_xh - learning_rate * (da @ x))
        self.W_hh = F(self.W_hh - learning_rate * (da @ self.hidden[:, :-1].T))
        self.W_hy = F(self.W_hy - learning_rate * (err @ self.hidden[:, 1:].T))
        self.b_h = F(self.b_h - learning_rate * da.sum(axis=1, keepdims=True))
        self.b_y = F(self.b_y - learning_rate * err.sum(axis=1, keepdims=True))
