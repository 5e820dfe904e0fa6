# wrong: the update has momentum 0.9.
# loses: training, conduct
import numpy as np

NAMES = ["W_xh", "W_hh", "W_hy", "b_h", "b_y"]


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        shapes = {
            "W_xh": (hidden_size, input_size),
            "W_hh": (hidden_size, hidden_size),
            "W_hy": (output_size, hidden_size),
        }
        for name, shape in shapes.items():
            setattr(self, name, np.random.randn(*shape) * 0.01)
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.velocity = {name: 0.0 for name in NAMES}

    def forward(self, x):
        h = np.zeros_like(self.b_h)
        self.trace = []
        for row in x:
            h_prev = h
            h = np.tanh(self.W_xh.dot(row[:, np.newaxis]) + self.W_hh.dot(h_prev) + self.b_h)
            out = self.W_hy.dot(h) + self.b_y
            self.trace.append({"x": row[:, np.newaxis].copy(), "h": h, "h_prev": h_prev, "out": out})
        return np.concatenate([step["out"][np.newaxis] for step in self.trace])

    def gradients(self, y):
        grads = {name: np.zeros_like(getattr(self, name)) for name in NAMES}
        dh_next = np.zeros_like(self.b_h)
        for step, target in zip(reversed(self.trace), y[::-1]):
            d_out = step["out"] - target[:, np.newaxis]
            dh = self.W_hy.T.dot(d_out) + dh_next
            da = dh * (1.0 - np.square(step["h"]))
            grads["W_hy"] += d_out.dot(step["h"].T)
            grads["b_y"] += d_out
            grads["W_xh"] += da.dot(step["x"].T)
            grads["W_hh"] += da.dot(step["h_prev"].T)
            grads["b_h"] += da
            dh_next = self.W_hh.T.dot(da)
        return grads

    def backward(self, x, y, learning_rate):
        grads = self.gradients(y)
        for name in NAMES:
            self.velocity[name] = 0.9 * self.velocity[name] + learning_rate * grads[name]
            setattr(self, name, getattr(self, name) - self.velocity[name])
