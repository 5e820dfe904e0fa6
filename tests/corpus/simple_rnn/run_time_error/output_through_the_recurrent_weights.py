# wrong: the output is W_hh h + b_y, which takes W_hh for W_hy (seen: weixsong/min-char-rnn#1).
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.xs, self.hs, self.us = {}, {-1: np.zeros_like(self.b_h)}, {}
        result = np.zeros((len(x), len(self.b_y), 1))
        for t in range(len(x)):
            self.xs[t] = np.array(x[t]).reshape(-1, 1)
            v = np.dot(self.W_xh, self.xs[t]) + np.dot(self.W_hh, self.hs[t - 1]) + self.b_h
            self.hs[t] = np.tanh(v)
            self.us[t] = np.dot(self.W_hh, self.hs[t]) + self.b_y
            result[t] = self.us[t]
        return result

    def backward(self, x, y, learning_rate):
        dW_xh, dW_hh, dW_hy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        db_h, db_y = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        dh_next = np.zeros_like(self.b_h)
        for t in range(len(x) - 1, -1, -1):
            du = self.us[t] - y[t].reshape(-1, 1)
            dW_hy += np.dot(du, self.hs[t].T)
            db_y += du
            dv = (np.dot(self.W_hy.T, du) + dh_next) * (1 - self.hs[t] ** 2)
            dW_xh += np.dot(dv, self.xs[t].T)
            dW_hh += np.dot(dv, self.hs[t - 1].T)
            db_h += dv
            dh_next = np.dot(self.W_hh.T, dv)
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
