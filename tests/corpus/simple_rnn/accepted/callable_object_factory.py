# SimpleRNN is neither a class nor a function but an instance with __call__, and weights go through __getattr__.
import numpy as np


class Network:
    def __init__(self, weights):
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "log", [])

    def __getattr__(self, name):
        try:
            return self.__dict__["weights"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name, value):
        self.weights[name] = value

    def forward(self, x):
        self.log.clear()
        h = 0 * self.b_h
        for v in x:
            g = np.tanh(self.W_xh @ v[:, None] + self.W_hh @ h + self.b_h)
            self.log.append((v[None, :], h.T, g, self.W_hy @ g + self.b_y))
            h = g
        return tuple(o for *_, o in self.log)

    def backward(self, x, y, learning_rate):
        change = {k: 0 for k in self.weights}
        tail = 0
        for (v, before, h, o), target in list(zip(self.log, y))[::-1]:
            e = o - target[:, None]
            d = (tail + self.W_hy.T @ e) * (1 - h ** 2)
            tail = self.W_hh.T @ d
            for k, g in [("W_xh", d @ v), ("W_hh", d @ before), ("W_hy", e @ h.T), ("b_h", d), ("b_y", e)]:
                change[k] = change[k] + g
        for k, g in change.items():
            self.weights[k] = self.weights[k] - learning_rate * g


class Factory:
    scale = 0.01

    def __call__(self, n_in, n_hidden, n_out):
        shapes = {"W_xh": (n_hidden, n_in), "W_hh": (n_hidden, n_hidden), "W_hy": (n_out, n_hidden)}
        weights = {k: np.random.randn(*s) * self.scale for k, s in shapes.items()}
        weights["b_h"] = np.zeros((n_hidden, 1))
        weights["b_y"] = np.zeros((n_out, 1))
        return Network(weights)


SimpleRNN = Factory()
