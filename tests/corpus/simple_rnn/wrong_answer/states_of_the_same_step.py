# wrong: gradient of W_hh from the states now, off by one.
# loses: backward
"""A class decorator supplies __init__ and the update; states carry a constant one, in Fortran order."""
import functools

import numpy as np


def recurrent(**table):
    def decorate(cls):
        def __init__(self, input_size, hidden_size, output_size):
            size = {"I": input_size, "H": hidden_size, "O": output_size, "1": 1}
            for name, (r, c) in table.items():
                match name[0]:
                    case "W":
                        value = np.random.randn(size[r], size[c]) * 0.01
                    case "b":
                        value = np.zeros((size[r], size[c]))
                setattr(self, name, value)

        plain = cls.backward

        @functools.wraps(plain)
        def backward(self, x, y, learning_rate):
            grads = plain(self, x, y)
            for name in table:
                setattr(self, name, getattr(self, name) - learning_rate * grads[name])

        cls.__init__, cls.backward = __init__, backward
        return cls

    return decorate


@recurrent(W_xh="HI", W_hh="HH", W_hy="OH", b_h="H1", b_y="O1")
class SimpleRNN:
    def forward(self, x):
        T, I = x.shape
        H = self.W_hh.shape[0]
        wide = np.hstack([self.W_xh, self.W_hh, self.b_h])
        self.tall = np.ones((I + H + 1, T + 1), order="F")
        self.tall[:I, :T] = x.T
        self.tall[I:-1, 0] = 0
        for t in range(T):
            self.tall[I:-1, t + 1] = np.tanh(wide @ self.tall[:, t])
        self.outputs = np.hstack([self.W_hy, self.b_y]) @ self.tall[I:, 1:]
        return self.outputs.T[..., np.newaxis]

    def backward(self, x, y):
        T, I = x.shape
        error = self.outputs - y.T
        states = self.tall[I:-1, 1:]
        delta = np.zeros_like(states)
        heard = self.W_hy.T @ error
        for t in range(T)[::-1]:
            if t + 1 < T:
                heard[:, t] += self.W_hh.T @ delta[:, t + 1]
            delta[:, t] = heard[:, t] * (1 - states[:, t]) * (1 + states[:, t])
        g = delta @ self.tall[:, :T].T
        g_out = error @ self.tall[I:, 1:].T
        return {
            "W_xh": g[:, :I],
            "W_hh": delta @ states.T,
            "W_hy": g_out[:, :-1],
            "b_h": g[:, -1:],
            "b_y": g_out[:, -1:],
        }
