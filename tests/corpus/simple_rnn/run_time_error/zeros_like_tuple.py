# wrong: np.zeros_like is given a tuple of five arrays of different shapes at once, which NumPy cannot turn into one array (ValueError unless all sizes are 1).
import numpy as np


class SimpleRNN:
    def __init__(self, I, H, O):
        r = np.random.randn
        self.W_xh, self.W_hh, self.W_hy = r(H, I) * 0.01, r(H, H) * 0.01, r(O, H) * 0.01
        self.b_h, self.b_y = np.zeros((H, 1)), np.zeros((O, 1))

    def params(self):
        return self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y

    def forward(self, x):
        T, H = len(x), len(self.b_h)
        self.h = np.zeros((T + 1, H, 1))
        for t in range(T):
            self.h[t + 1] = np.tanh(self.W_xh @ x[t, :, None] + self.W_hh @ self.h[t] + self.b_h)
        self.out = self.W_hy @ self.h[1:] + self.b_y
        return self.out

    def backward(self, x, y, lr):
        dWxh, dWhh, dWhy, dbh, dby = np.zeros_like(self.params())
        dh = 0
        for t in reversed(range(len(x))):
            e = self.out[t] - y[t, :, None]
            dWhy += e @ self.h[t + 1].T
            dby += e
            da = (self.W_hy.T @ e + dh) * (1 - self.h[t + 1] ** 2)
            dWxh += da @ x[t, None, :]
            dWhh += da @ self.h[t].T
            dbh += da
            dh = self.W_hh.T @ da
        for p, g in zip(self.params(), (dWxh, dWhh, dWhy, dbh, dby)):
            p -= lr * g
