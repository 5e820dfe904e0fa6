# wrong: b_h is used as a flat vector with a column state, which gives a matrix whose first column is kept.
# loses: forward
import numpy as np
import numpy.random as npr


class SimpleRNN:
    def __init__(self, d, m, k):
        self.W_xh = npr.randn(m, d) * 0.01
        self.W_hh = npr.randn(m, m) * 0.01
        self.W_hy = npr.randn(k, m) * 0.01
        self.b_h = np.zeros((m, 1))
        self.b_y = np.zeros((k, 1))

    def step(self, xt, h):
        bias = self.b_h.flatten()
        z = self.W_xh @ xt.reshape(-1, 1) + self.W_hh @ h + bias
        return np.tanh(z)[:, :1]

    def forward(self, x):
        h = np.zeros_like(self.b_h)
        self.hist = [h] + [h := self.step(xt, h) for xt in x]
        return np.array([self.W_hy @ h + self.b_y for h in self.hist[1:]])

    def backward(self, x, y, learning_rate):
        dW = [np.zeros_like(p) for p in (self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y)]
        g = np.zeros_like(self.b_h)
        for t in range(len(x), 0, -1):
            h, hp = self.hist[t], self.hist[t - 1]
            e = self.W_hy @ h + self.b_y - y[t - 1].reshape(-1, 1)
            g = (g + self.W_hy.T @ e) * (1 - h * h)
            for acc, inc in zip(dW, (g @ x[t - 1].reshape(1, -1), g @ hp.T, e @ h.T, g, e)):
                acc += inc
            g = self.W_hh.T @ g
        for p, d in zip((self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y), dW):
            p -= learning_rate * d
