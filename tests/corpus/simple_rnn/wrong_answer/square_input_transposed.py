# wrong: the inputs are transposed when the sequence is a square matrix (T equals I).
# loses: forward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.input_size = input_size
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def columns(self, x):
        # want one column per time step
        x = np.array(x, dtype=float)
        return x if x.shape[0] == self.input_size else x.T

    def forward(self, x):
        X = self.columns(x)
        steps = X.shape[1]
        self.S = np.zeros((self.W_hh.shape[0], steps + 1))
        for t in range(1, steps + 1):
            self.S[:, t:t + 1] = np.tanh(self.W_xh @ X[:, t - 1:t] + self.W_hh @ self.S[:, t - 1:t] + self.b_h)
        self.P = self.W_hy @ self.S[:, 1:] + self.b_y
        return self.P.T[:, :, None].copy()

    def backward(self, x, y, learning_rate):
        X = self.columns(x)
        err = self.P - y.T
        D = self.W_hy.T @ err
        G = np.zeros_like(D)
        back = np.zeros_like(self.b_h)
        for t in range(D.shape[1] - 1, -1, -1):
            G[:, t:t + 1] = (D[:, t:t + 1] + back) * (1 - self.S[:, t + 1:t + 2] ** 2)
            back = self.W_hh.T @ G[:, t:t + 1]
        self.W_hy -= learning_rate * err @ self.S[:, 1:].T
        self.W_hh -= learning_rate * G @ self.S[:, :-1].T
        self.W_xh -= learning_rate * G @ X.T
        self.b_h -= learning_rate * G.sum(1, keepdims=True)
        self.b_y -= learning_rate * err.sum(1, keepdims=True)
