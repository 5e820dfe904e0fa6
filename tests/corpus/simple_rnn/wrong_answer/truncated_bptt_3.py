# wrong: backpropagation through time is truncated: the error of a step flows three steps back.
# loses: backward
# needs: T>4: no error could flow further back in a shorter sequence
import numpy as np


class SimpleRNN:
    def __init__(self, word_dim, hidden_dim, out_dim, bptt_truncate=3):
        self.bptt_truncate = bptt_truncate
        self.hidden_dim = hidden_dim
        self.W_xh = np.random.randn(hidden_dim, word_dim) * 0.01    # U
        self.W_hh = np.random.randn(hidden_dim, hidden_dim) * 0.01  # W
        self.W_hy = np.random.randn(out_dim, hidden_dim) * 0.01     # V
        self.b_h = np.zeros((hidden_dim, 1))
        self.b_y = np.zeros((out_dim, 1))

    def forward_propagation(self, x):
        T = len(x)
        # one additional element of s for the initial hidden state, s[-1]
        s = np.zeros((T + 1, self.hidden_dim))
        o = np.zeros((T, self.W_hy.shape[0]))
        for t in np.arange(T):
            s[t] = np.tanh(self.W_xh.dot(x[t]) + self.W_hh.dot(s[t - 1]) + self.b_h[:, 0])
            o[t] = self.W_hy.dot(s[t]) + self.b_y[:, 0]
        return o, s

    def forward(self, x):
        o, s = self.forward_propagation(x)
        return o[..., None]

    def bptt(self, x, y):
        T = len(y)
        o, s = self.forward_propagation(x)
        dLdU = np.zeros(self.W_xh.shape)
        dLdV = np.zeros(self.W_hy.shape)
        dLdW = np.zeros(self.W_hh.shape)
        dLdb = np.zeros(self.hidden_dim)
        delta_o = o - y
        # for each output backwards...
        for t in np.arange(T)[::-1]:
            dLdV += np.outer(delta_o[t], s[t])
            delta_t = self.W_hy.T.dot(delta_o[t]) * (1 - (s[t] ** 2))
            # backpropagation through time
            for bptt_step in np.arange(max(0, t - self.bptt_truncate), t + 1)[::-1]:
                dLdW += np.outer(delta_t, s[bptt_step - 1])
                dLdU += np.outer(delta_t, x[bptt_step])
                dLdb += delta_t
                delta_t = self.W_hh.T.dot(delta_t) * (1 - s[bptt_step - 1] ** 2)
        return dLdU, dLdV, dLdW, dLdb, delta_o.sum(axis=0)

    def backward(self, x, y, learning_rate):
        dLdU, dLdV, dLdW, dLdb, dLdc = self.bptt(x, y)
        self.W_xh -= learning_rate * dLdU
        self.W_hy -= learning_rate * dLdV
        self.W_hh -= learning_rate * dLdW
        self.b_h -= learning_rate * dLdb.reshape(-1, 1)
        self.b_y -= learning_rate * dLdc.reshape(-1, 1)
