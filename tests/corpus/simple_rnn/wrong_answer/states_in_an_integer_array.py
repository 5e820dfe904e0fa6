# wrong: the states are stored in an array of integers, which cuts them to 0 (seen: numpy/numpy#16578).
# loses: forward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        steps = x.shape[0]
        hidden = self.W_hh.shape[0]
        h = np.full((steps + 1, hidden, 1), 0)
        for t in range(steps):
            z = self.W_xh @ x[t, :, None] + self.W_hh @ h[t] + self.b_h
            h[t + 1] = np.tanh(z)
        self.h = h
        self.y_hat = self.W_hy @ h[1:] + self.b_y
        return self.y_hat

    def backward(self, x, y, learning_rate):
        h = self.h
        dy = self.y_hat - y[:, :, None]
        dz_next = np.zeros(self.b_h.shape)
        dz = np.empty(h[1:].shape)
        for t in range(x.shape[0] - 1, -1, -1):
            dh = self.W_hy.T @ dy[t] + self.W_hh.T @ dz_next
            dz[t] = dz_next = dh * (1 - h[t + 1] ** 2)
        self.W_xh -= learning_rate * np.einsum("thi,tj->hj", dz, x)
        self.W_hh -= learning_rate * np.einsum("thi,tji->hj", dz, h[:-1])
        self.W_hy -= learning_rate * np.einsum("toi,thi->oh", dy, h[1:])
        self.b_h -= learning_rate * dz.sum(axis=0)
        self.b_y -= learning_rate * dy.sum(axis=0)
