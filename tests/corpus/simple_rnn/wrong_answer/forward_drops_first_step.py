# wrong: the first time step only warms up: its input is ignored and its output is the output of a zero state.
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
        H = np.zeros((x.shape[0], self.W_hh.shape[0]))
        # 从 t=1 开始，因为 h[0] 是初始状态
        for t in range(1, x.shape[0]):
            H[t] = np.tanh(self.W_xh.dot(x[t]) + self.W_hh.dot(H[t - 1]) + self.b_h.ravel())
        self.H = H
        self.out = H.dot(self.W_hy.T) + self.b_y.ravel()
        return np.expand_dims(self.out, -1).copy()

    def backward(self, x, y, learning_rate):
        d_out = self.out - y
        d_H = d_out.dot(self.W_hy)
        d_Wxh, d_Whh, d_bh = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros(len(self.b_h))
        for t in range(x.shape[0] - 1, 0, -1):
            d_a = d_H[t] * (1 - self.H[t] ** 2)
            d_Wxh += d_a[:, None] * x[t][None, :]
            d_Whh += d_a[:, None] * self.H[t - 1][None, :]
            d_bh += d_a
            d_H[t - 1] += d_a.dot(self.W_hh)
        self.W_hy -= learning_rate * d_out.T.dot(self.H)
        self.b_y -= learning_rate * d_out.sum(0)[:, None]
        self.W_xh -= learning_rate * d_Wxh
        self.W_hh -= learning_rate * d_Whh
        self.b_h -= learning_rate * d_bh[:, None]
