# wrong: the target is not made a column, (O, 1) minus (O,) becomes an (O, O) matrix.
import numpy as np

PARAMS = ["W_xh", "W_hh", "W_hy", "b_h", "b_y"]


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        shapes = {
            "W_xh": (hidden_size, input_size),
            "W_hh": (hidden_size, hidden_size),
            "W_hy": (output_size, hidden_size),
            "b_h": (hidden_size, 1),
            "b_y": (output_size, 1),
        }
        for name in PARAMS:
            if name.startswith("W"):
                setattr(self, name, np.random.randn(*shapes[name]) * 0.01)
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
        grads = {name: np.zeros(getattr(self, name).shape) for name in PARAMS}
        h = self.cache["h"]
        later = 0
        for t in range(len(x) - 1, -1, -1):
            xt = x[t : t + 1].T
            dy = self.cache["y"][t] - y[t]
            grads["W_hy"] += dy.dot(h[t + 1].T)
            grads["b_y"] += dy
            dh = self.W_hy.T.dot(dy) + later
            dpre = dh - dh * h[t + 1] ** 2
            grads["W_xh"] += dpre.dot(xt.T)
            grads["W_hh"] += dpre.dot(h[t].T)
            grads["b_h"] += dpre
            later = self.W_hh.T.dot(dpre)
        return grads

    def backward(self, x, y, learning_rate):
        grads = self.gradients(x, y)
        for name in PARAMS:
            w = getattr(self, name)
            w -= learning_rate * grads[name]
