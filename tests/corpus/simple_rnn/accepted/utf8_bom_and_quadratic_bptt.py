# The file begins with a UTF-8 byte order mark, as Windows Notepad writes it.
import numpy as np

class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.x = x
        self.T = len(x)
        self.hs = np.zeros((self.T, len(self.b_h), 1))
        self.os = np.zeros((self.T, len(self.b_y), 1))
        h = np.zeros_like(self.b_h)
        for t in range(self.T):
            xt = self.x[t].reshape((-1, 1))
            h = np.tanh(self.b_h + np.dot(self.W_hh, h) + np.dot(self.W_xh, xt))
            self.hs[t] = h
            self.os[t] = self.b_y + np.dot(self.W_hy, h)
        return self.os

    def backward(self, x, y, learning_rate):
        g_xh, g_hh, g_hy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        g_bh, g_by = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        # "naive" BPTT: for every output walk all the way back (T^2 steps)
        for t in range(self.T):
            d_o = self.os[t] - y[t].reshape((-1, 1))
            g_hy += np.dot(d_o, self.hs[t].T)
            g_by += d_o
            d_a = np.dot(self.W_hy.T, d_o) * (1 - self.hs[t] ** 2)
            for s in range(t, -1, -1):
                h_prev = self.hs[s - 1] if s > 0 else np.zeros_like(self.b_h)
                g_xh += np.dot(d_a, self.x[s].reshape((1, -1)))
                g_hh += np.dot(d_a, h_prev.T)
                g_bh += d_a
                d_a = np.dot(self.W_hh.T, d_a) * (1 - h_prev ** 2)
        self.W_xh -= learning_rate * g_xh
        self.W_hh -= learning_rate * g_hh
        self.W_hy -= learning_rate * g_hy
        self.b_h -= learning_rate * g_bh
        self.b_y -= learning_rate * g_by
