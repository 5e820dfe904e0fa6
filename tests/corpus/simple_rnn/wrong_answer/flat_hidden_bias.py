# wrong: b_h is made with shape (H,) instead of (H,1).
# loses: initialisation
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros(hidden_size)
        self.b_y = np.zeros(output_size)

    def forward(self, x):
        h = np.zeros(self.W_hh.shape[0])
        self.h_list, out = [h], []
        for xt in x:
            h = np.tanh(self.W_xh @ xt + self.W_hh @ h + np.ravel(self.b_h))
            self.h_list.append(h)
            out.append(self.W_hy @ h + np.ravel(self.b_y))
        self.y_list = out
        return np.array(out)[:, :, None]

    def backward(self, x, y, learning_rate):
        gx, gh, gy = 0 * self.W_xh, 0 * self.W_hh, 0 * self.W_hy
        gbh, gby = np.zeros(len(gh)), np.zeros(len(gy))
        nxt = np.zeros(len(gh))
        for t in reversed(range(len(x))):
            e = self.y_list[t] - y[t]
            gy += np.outer(e, self.h_list[t + 1])
            gby += e
            d = (self.W_hy.T @ e + nxt) * (1 - self.h_list[t + 1] ** 2)
            gx += np.outer(d, x[t])
            gh += np.outer(d, self.h_list[t])
            gbh += d
            nxt = self.W_hh.T @ d
        self.W_xh -= learning_rate * gx
        self.W_hh -= learning_rate * gh
        self.W_hy -= learning_rate * gy
        self.b_h -= learning_rate * gbh.reshape(self.b_h.shape)
        self.b_y -= learning_rate * gby.reshape(self.b_y.shape)
