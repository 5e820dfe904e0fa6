# wrong: the carried part of a delta is multiplied by the state, not its derivative (seen: hanbt/learn_dl#16).
# loses: backward
import numpy as np


class SimpleRNN(object):

    def __init__(self, n_in, n_state, n_out):
        self.W_xh = np.random.randn(n_state, n_in) * 1e-2
        self.W_hh = np.random.randn(n_state, n_state) * 1e-2
        self.W_hy = np.random.randn(n_out, n_state) * 1e-2
        self.b_h = np.zeros([n_state, 1])
        self.b_y = np.zeros([n_out, 1])

    def forward(self, x):
        T, n = x.shape[0], self.W_hh.shape[0]
        self.S = np.zeros((T + 1, n))
        for t in range(1, T + 1):
            self.S[t] = np.tanh(self.W_xh.dot(x[t - 1]) + self.W_hh.dot(self.S[t - 1]) + self.b_h[:, 0])
        self.Y = self.S[1:].dot(self.W_hy.T) + self.b_y[:, 0]
        return self.Y[:, :, None]

    def backward(self, x, y, learning_rate):
        T = x.shape[0]
        E = self.Y - y
        delta = np.zeros_like(self.S)
        for t in range(T, 0, -1):
            delta[t] = E[t - 1].dot(self.W_hy) * (1 - self.S[t] ** 2)
            if t < T:
                delta[t] += delta[t + 1].dot(self.W_hh).dot(np.diag(self.S[t]))
        dW_xh = delta[1:].T.dot(x)
        dW_hh = delta[1:].T.dot(self.S[:-1])
        dW_hy = E.T.dot(self.S[1:])
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * delta.sum(axis=0)[:, None]
        self.b_y -= learning_rate * E.sum(axis=0)[:, None]
