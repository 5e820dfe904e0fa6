# wrong: b_h is reduced to its mean, one number for all hidden units, in the forward pass.
# loses: forward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.normal(0.0, 1.0, (hidden_size, input_size)) * 0.01
        self.W_hh = np.random.normal(0.0, 1.0, (hidden_size, hidden_size)) * 0.01
        self.W_hy = np.random.normal(0.0, 1.0, (output_size, hidden_size)) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.s = {0: np.zeros((len(self.W_hh), 1))}
        self.o = {}
        for t in range(1, len(x) + 1):
            net = self.W_xh @ x[t - 1].reshape(-1, 1) + self.W_hh @ self.s[t - 1]
            self.s[t] = np.tanh(net + self.b_h.mean())
            self.o[t] = self.W_hy @ self.s[t] + self.b_y
        return np.array([self.o[t] for t in range(1, len(x) + 1)])

    def backward(self, x, y, learning_rate):
        T = len(x)
        grad = {p: np.zeros_like(getattr(self, p)) for p in "W_xh W_hh W_hy b_h b_y".split()}
        ds = np.zeros((len(self.W_hh), 1))
        for t in range(T, 0, -1):
            do = self.o[t] - y[t - 1].reshape(-1, 1)
            ds = ds + self.W_hy.T @ do
            dn = ds * (1 - self.s[t] ** 2)
            grad["W_xh"] += dn @ x[t - 1].reshape(1, -1)
            grad["W_hh"] += dn @ self.s[t - 1].T
            grad["W_hy"] += do @ self.s[t].T
            grad["b_h"] += dn
            grad["b_y"] += do
            ds = self.W_hh.T @ dn
        for p, g in grad.items():
            setattr(self, p, getattr(self, p) - learning_rate * g)
