# wrong: np.random.randn gets the shape as one tuple, the star is forgotten, TypeError.
import numpy as np

NAMES = ["W_xh", "W_hh", "W_hy", "b_h", "b_y"]


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        shapes = {
            "W_xh": (hidden_size, input_size),
            "W_hh": (hidden_size, hidden_size),
            "W_hy": (output_size, hidden_size),
            "b_h": (hidden_size, 1),
            "b_y": (output_size, 1),
        }
        for name in NAMES:
            if name.startswith("W"):
                setattr(self, name, np.random.randn(shapes[name]) * 0.01)
            else:
                setattr(self, name, np.zeros(shapes[name]))

    def forward(self, x):
        self.cache = {"h": [np.zeros(self.b_h.shape)], "y": []}
        for t in range(x.shape[0]):
            xt = x[t : t + 1].T
            h = np.tanh(self.W_xh.dot(xt) + self.W_hh.dot(self.cache["h"][-1]) + self.b_h)
            self.cache["h"].append(h)
            self.cache["y"].append(self.W_hy.dot(h) + self.b_y)
        return np.array(self.cache["y"])

    def gradients(self, x, y):
        g = {name: np.zeros(getattr(self, name).shape) for name in NAMES}
        h = self.cache["h"]
        dnext = 0
        t = len(x) - 1
        while t >= 0:
            xt = x[t : t + 1].T
            dy = self.cache["y"][t] - y[t : t + 1].T
            g["W_hy"] += dy.dot(h[t + 1].T)
            g["b_y"] += dy
            dh = self.W_hy.T.dot(dy) + dnext
            dz = dh - dh * h[t + 1] ** 2
            g["W_xh"] += dz.dot(xt.T)
            g["W_hh"] += dz.dot(h[t].T)
            g["b_h"] += dz
            dnext = self.W_hh.T.dot(dz)
            t -= 1
        return g

    def backward(self, x, y, learning_rate):
        g = self.gradients(x, y)
        for name in NAMES:
            w = getattr(self, name)
            w -= learning_rate * g[name]
