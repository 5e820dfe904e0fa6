# wrong: the output of a step is compared with the target of the step after it (seen: tkocisky/oxnn#3).
# loses: backward
import numpy as np


class SimpleRNN:
    def __init__(self, vocab_in, hidden_size, vocab_out):
        self.W_xh = np.random.randn(hidden_size, vocab_in) * 0.01  # input to hidden
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01  # hidden to hidden
        self.W_hy = np.random.randn(vocab_out, hidden_size) * 0.01  # hidden to output
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((vocab_out, 1))

    def forward(self, x):
        xs, hs, ys = {}, {}, {}
        hs[-1] = np.zeros_like(self.b_h)
        for t in range(len(x)):
            xs[t] = x[t].reshape(-1, 1)
            hs[t] = np.tanh(np.dot(self.W_xh, xs[t]) + np.dot(self.W_hh, hs[t - 1]) + self.b_h)
            ys[t] = np.dot(self.W_hy, hs[t]) + self.b_y
        self.last = xs, hs, ys
        return np.array([ys[t] for t in range(len(x))])

    def output_gradients(self, ys, targets):
        dys = [np.zeros_like(self.b_y) for _ in targets]
        for i in range(len(targets) - 1, 0, -1):
            dys[i - 1] = ys[i - 1] - targets[i].reshape(-1, 1)
        return dys

    def backward(self, x, y, learning_rate):
        xs, hs, ys = self.last
        dWxh, dWhh, dWhy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        dbh, dby = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        dhnext = np.zeros_like(hs[0])
        dys = self.output_gradients(ys, y)
        for t in reversed(range(len(x))):
            dWhy += np.dot(dys[t], hs[t].T)
            dby += dys[t]
            dh = np.dot(self.W_hy.T, dys[t]) + dhnext
            dhraw = (1 - hs[t] * hs[t]) * dh
            dbh += dhraw
            dWxh += np.dot(dhraw, xs[t].T)
            dWhh += np.dot(dhraw, hs[t - 1].T)
            dhnext = np.dot(self.W_hh.T, dhraw)
        params = [self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y]
        for param, dparam in zip(params, [dWxh, dWhh, dWhy, dbh, dby]):
            param -= learning_rate * dparam
