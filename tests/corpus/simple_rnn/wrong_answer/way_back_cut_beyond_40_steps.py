# wrong: nothing is carried back in sequences of 40 steps or more.
# loses: backward
# needs: T>39: shorter sequences are carried back
import numpy as np


def squash(z):
    e = np.expm1(-2 * np.abs(z))
    return np.sign(z) * -e / (2 + e)


class SimpleRNN:
    NAMES = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")

    def __init__(self, input_size, hidden_size, output_size):
        I, H, O = input_size, hidden_size, output_size
        for name, shape in zip(self.NAMES, ((H, I), (H, H), (O, H))):
            setattr(self, name, np.random.randn(*shape) * 0.01)
        self.b_h, self.b_y = np.zeros((H, 1)), np.zeros((O, 1))

    def forward(self, x):
        T, H = len(x), self.b_h.size
        self.S = np.zeros((T + 1, H))
        drive = np.tensordot(x, self.W_xh, (1, 1)) + self.b_h.ravel()
        for t in range(T):
            self.S[t + 1] = squash(drive[t] + self.W_hh @ self.S[t])
        self.Y = self.S[1:] @ self.W_hy.T + self.b_y.T
        return self.Y[..., None]

    def backward(self, x, y, learning_rate):
        T, H = len(x), self.b_h.size
        E = self.Y - y
        slope = 1 - self.S[1:] ** 2
        d = np.zeros((T, H))
        right = E @ self.W_hy
        for t in range(T)[::-1]:
            later = d[t + 1] @ self.W_hh if t + 1 < T and T < 40 else 0.0
            d[t] = slope[t] * (right[t] + later)
        parts = (d.T @ x, d.T @ self.S[:-1], E.T @ self.S[1:], d.sum(0)[:, None], E.sum(0)[:, None])
        for name, part in zip(self.NAMES, parts):
            w = getattr(self, name)
            np.subtract(w, learning_rate * part, out=w)
