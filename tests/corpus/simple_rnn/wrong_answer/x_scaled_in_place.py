# wrong: backward multiplies the argument x by the learning rate in place.
# loses: conduct
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.h = {-1: np.zeros((self.W_hh.shape[0], 1))}
        self.y = {}
        for t, x_t in enumerate(x):
            net = self.W_xh.dot(x_t).reshape(-1, 1) + self.W_hh.dot(self.h[t - 1]) + self.b_h
            self.h[t] = np.tanh(net)
            self.y[t] = self.W_hy.dot(self.h[t]) + self.b_y
        return np.array(list(self.y.values()))

    def backward(self, x, y, learning_rate):
        T = len(x)
        deltas = np.zeros((T, self.W_hh.shape[0]))
        errors = np.zeros((T, self.W_hy.shape[0]))
        carry = np.zeros(self.W_hh.shape[0])
        for t in range(T - 1, -1, -1):
            errors[t] = self.y[t].ravel() - y[t]
            deltas[t] = (self.W_hy.T.dot(errors[t]) + carry) * (1 - self.h[t].ravel() ** 2)
            carry = self.W_hh.T.dot(deltas[t])
        before = np.array([self.h[t - 1].ravel() for t in range(T)])
        after = np.array([self.h[t].ravel() for t in range(T)])
        self.W_hh -= learning_rate * deltas.T.dot(before)
        self.W_hy -= learning_rate * errors.T.dot(after)
        self.b_h -= learning_rate * deltas.sum(axis=0).reshape(-1, 1)
        self.b_y -= learning_rate * errors.sum(axis=0).reshape(-1, 1)
        # step of the input weights: scale the rows of x once, then sum them
        x *= learning_rate
        self.W_xh -= deltas.T.dot(x)
