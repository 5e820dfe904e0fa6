# wrong: the steps run backwards and one too far.
# loses: forward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        T = x.shape[0]
        self.hs = {-1: np.zeros((self.hidden_size, 1))}
        self.ys = []
        for t in range(T, 0, -1):
            xt = x[t].reshape(-1, 1)
            self.hs[t] = np.tanh(np.dot(self.W_xh, xt) + np.dot(self.W_hh, self.hs[t - 1]) + self.b_h)
            y = np.dot(self.W_hy, self.hs[t]) + self.b_y
            self.ys.append(y)
        return np.array(self.ys)

    def backward(self, x, y, learning_rate):
        T = len(x)
        dW_xh, dW_hh, dW_hy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        db_h, db_y = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        dh_next = np.zeros((self.hidden_size, 1))
        for t in reversed(range(T)):
            dy = self.ys[t] - y[t].reshape(-1, 1)
            dW_hy += np.dot(dy, self.hs[t].T)
            db_y += dy
            dh = np.dot(self.W_hy.T, dy) + dh_next
            dz = (1 - self.hs[t] ** 2) * dh
            db_h += dz
            dW_xh += np.dot(dz, x[t].reshape(1, -1))
            dW_hh += np.dot(dz, self.hs[t - 1].T)
            dh_next = np.dot(self.W_hh.T, dz)
        for w, g in zip([self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y], [dW_xh, dW_hh, dW_hy, db_h, db_y]):
            w -= learning_rate * g
