# wrong: inner function assigns h of the outer one without nonlocal.
# loses: forward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self._pullbacks = []

    def forward(self, x):
        h = np.zeros(self.b_h.shape)
        self._pullbacks = []

        def advance(x_t):
            # one step; moves h on and returns the output
            before = h
            h = np.tanh(self.W_xh @ x_t + self.W_hh @ before + self.b_h)
            y_t = self.W_hy @ h + self.b_y
            self._pullbacks.append(self._make_pullback(x_t, before, h, y_t))
            return y_t

        return np.stack([advance(row[:, None]) for row in x])

    def _make_pullback(self, x_t, before, h, y_t):
        def pullback(target, from_later):
            e = y_t - target
            d = (1 - h * h) * (self.W_hy.T @ e + from_later)
            return (d @ x_t.T, d @ before.T, e @ h.T, d, e), self.W_hh.T @ d

        return pullback

    def backward(self, x, y, learning_rate):
        weights = (self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y)
        sums = [np.zeros(w.shape) for w in weights]
        flow = np.zeros(self.b_h.shape)
        for pullback, row in zip(self._pullbacks[::-1], y[::-1]):
            parts, flow = pullback(row[:, None], flow)
            for total, part in zip(sums, parts):
                total += part
        for w, total in zip(weights, sums):
            w -= learning_rate * total
