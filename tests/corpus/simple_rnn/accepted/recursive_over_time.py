# Time is walked by recursion, forward on the way down and backward on the way up, 128 frames deep at most.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def step(self, x, h):
        return np.tanh(self.W_xh @ x.reshape(-1, 1) + self.W_hh @ h + self.b_h)

    def unroll(self, x, h):
        if len(x) == 0:
            return []
        h = self.step(x[0], h)
        return [self.W_hy @ h + self.b_y] + self.unroll(x[1:], h)

    def forward(self, x):
        return np.array(self.unroll(x, np.zeros_like(self.b_h)))

    def descend(self, x, y, h_prev):
        """Accumulate gradients for x, y and return dL/dh_prev."""
        if len(x) == 0:
            return np.zeros_like(h_prev)
        h = self.step(x[0], h_prev)
        dh = self.descend(x[1:], y[1:], h)
        e = self.W_hy @ h + self.b_y - y[0].reshape(-1, 1)
        da = (dh + self.W_hy.T @ e) * (1 - h * h)
        self.g["W_xh"] += da @ x[0].reshape(1, -1)
        self.g["W_hh"] += da @ h_prev.T
        self.g["W_hy"] += e @ h.T
        self.g["b_h"] += da
        self.g["b_y"] += e
        return self.W_hh.T @ da

    def backward(self, x, y, learning_rate):
        self.g = {k: np.zeros_like(getattr(self, k)) for k in "W_xh W_hh W_hy b_h b_y".split()}
        self.descend(x, y, np.zeros_like(self.b_h))
        for k, g in self.g.items():
            getattr(self, k).__isub__(learning_rate * g)
