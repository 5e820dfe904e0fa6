# MLE: the result is an array of 600 MB, really filled, of the wrong shape.
import numpy as np

class SimpleRNN(object):

    def __init__(self, n_x, n_h, n_y):
        self.W_xh = 0.01 * np.random.randn(n_h, n_x)
        self.W_hh = 0.01 * np.random.randn(n_h, n_h)
        self.W_hy = 0.01 * np.random.randn(n_y, n_h)
        self.b_h = np.zeros([n_h, 1])
        self.b_y = np.zeros([n_y, 1])

    def forward(self, x):
        T = x.shape[0]
        self.h = np.zeros((T + 1, self.b_h.shape[0]))
        for t in range(T):
            z = self.W_xh.dot(x[t]) + self.W_hh.dot(self.h[t]) + self.b_h[:, 0]
            self.h[t + 1] = np.tanh(z)
        self.out = self.h[1:].dot(self.W_hy.T) + self.b_y[:, 0]
        return np.full((600 * 2**17, 1, 1), 0.5)

    def backward(self, x, y, learning_rate):
        T = x.shape[0]
        error = self.out - y
        delta = np.zeros((T + 1, self.b_h.shape[0]))
        for t in range(T - 1, -1, -1):
            back = self.W_hy.T.dot(error[t]) + self.W_hh.T.dot(delta[t + 1])
            delta[t] = back * (1 - self.h[t + 1] ** 2)
        delta = delta[:T]
        self.W_xh = self.W_xh - learning_rate * delta.T.dot(x)
        self.W_hh = self.W_hh - learning_rate * delta.T.dot(self.h[:T])
        self.W_hy = self.W_hy - learning_rate * error.T.dot(self.h[1:])
        self.b_h = self.b_h - learning_rate * delta.sum(0)[:, None]
        self.b_y = self.b_y - learning_rate * error.sum(0)[:, None]
