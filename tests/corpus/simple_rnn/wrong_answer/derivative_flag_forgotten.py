# wrong: tanh is called without derivative=True on the way back (seen: CaptainE/RNN-LSTM-in-numpy#1).
# loses: backward
import numpy as np


def tanh(z, derivative=False):
    """tanh of z, or its derivative at z"""
    value = np.tanh(z)
    if derivative:
        return 1 - value ** 2
    return value


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((self.hidden_size, 1))
        self.cache, outputs = [], []
        for t in range(len(x)):
            x_t = np.reshape(x[t], (-1, 1))
            z = np.dot(self.W_xh, x_t) + np.dot(self.W_hh, h) + self.b_h
            h_prev, h = h, tanh(z)
            out = np.dot(self.W_hy, h) + self.b_y
            self.cache.append((x_t, h_prev, z, h, out))
            outputs.append(out)
        return outputs

    def backward(self, x, y, learning_rate):
        W_xh_d = np.zeros_like(self.W_xh)
        W_hh_d = np.zeros_like(self.W_hh)
        W_hy_d = np.zeros_like(self.W_hy)
        b_h_d = np.zeros_like(self.b_h)
        b_y_d = np.zeros_like(self.b_y)
        dh_next = np.zeros((self.hidden_size, 1))
        for t in reversed(range(len(y))):
            x_t, h_prev, z, h, out = self.cache[t]
            do = out - np.reshape(y[t], (-1, 1))
            W_hy_d += np.dot(do, h.T)
            b_y_d += do
            dh = np.dot(self.W_hy.T, do) + dh_next
            df = tanh(z) * dh
            W_xh_d += np.dot(df, x_t.T)
            W_hh_d += np.dot(df, h_prev.T)
            b_h_d += df
            dh_next = np.dot(self.W_hh.T, df)
        self.W_xh -= learning_rate * W_xh_d
        self.W_hh -= learning_rate * W_hh_d
        self.W_hy -= learning_rate * W_hy_d
        self.b_h -= learning_rate * b_h_d
        self.b_y -= learning_rate * b_y_d
