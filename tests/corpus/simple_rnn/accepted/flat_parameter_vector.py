# All parameters live in one vector theta; the five weights are reshaped slices and the update is theta -= lr * grad.
import numpy as np


class SimpleRNN:
    NAMES = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")

    def __init__(self, input_size, hidden_size, output_size):
        self.shapes = (
            (hidden_size, input_size),
            (hidden_size, hidden_size),
            (output_size, hidden_size),
            (hidden_size, 1),
            (output_size, 1),
        )
        n_random = sum(a * b for a, b in self.shapes[:3])
        n_all = sum(a * b for a, b in self.shapes)
        self.theta = np.zeros(n_all)
        self.theta[:n_random] = 0.01 * np.random.randn(n_random)
        self.__dict__.update(self.unflatten(self.theta))

    def unflatten(self, vector):
        views, start = {}, 0
        for name, shape in zip(self.NAMES, self.shapes):
            stop = start + shape[0] * shape[1]
            views[name] = vector[start:stop].reshape(shape)
            start = stop
        return views

    def forward(self, x):
        self.hs = [np.zeros_like(self.b_h)]
        for t in range(x.shape[0]):
            a = np.dot(self.W_xh, x[t][:, None]) + np.dot(self.W_hh, self.hs[-1]) + self.b_h
            self.hs.append(np.tanh(a))
        self.ys = np.stack([np.dot(self.W_hy, h) + self.b_y for h in self.hs[1:]])
        return self.ys

    def backward(self, x, y, learning_rate):
        grad = np.zeros_like(self.theta)
        g = self.unflatten(grad)
        dh_next = np.zeros_like(self.b_h)
        for t in reversed(range(x.shape[0])):
            dy = self.ys[t] - y[t][:, None]
            g["W_hy"] += np.dot(dy, self.hs[t + 1].T)
            g["b_y"] += dy
            da = (np.dot(self.W_hy.T, dy) + dh_next) * (1 - self.hs[t + 1] ** 2)
            g["W_xh"] += np.dot(da, x[t][None, :])
            g["W_hh"] += np.dot(da, self.hs[t].T)
            g["b_h"] += da
            dh_next = np.dot(self.W_hh.T, da)
        self.theta -= learning_rate * grad
