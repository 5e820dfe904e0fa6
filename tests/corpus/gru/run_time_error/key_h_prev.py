# wrong: the history is asked for the key h_prev, but it was stored as hp, KeyError.
import numpy as np

def sigmoid(a):
    return 1 / (1 + np.exp(-a))

class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        I, H, O = input_size, hidden_size, output_size
        self.W_xh, self.W_hh, self.W_hy = (np.random.randn(*s) * 0.01 for s in [(3, H, I), (3, H, H), (O, H)])
        self.b_h, self.b_y = np.zeros((3, H, 1)), np.zeros((O, 1))

    def forward(self, x):
        self.steps = []
        h = np.zeros(self.b_h[0].shape)
        for xt in x:
            ur, uz, un = self.W_xh @ xt[:, None] + self.b_h
            r, z = sigmoid(ur + self.W_hh[0] @ h), sigmoid(uz + self.W_hh[1] @ h)
            n = np.tanh(un + self.W_hh[2] @ (r * h))
            hp, h = h, (1 - z) * n + z * h
            self.steps.append(dict(x=xt[:, None], hp=hp, r=r, z=z, n=n, h=h))
        return np.array([self.W_hy @ s["h"] + self.b_y for s in self.steps])

    def backward(self, x, y, learning_rate):
        grads = {k: np.zeros_like(getattr(self, k)) for k in ("W_xh", "W_hh", "W_hy", "b_h", "b_y")}
        dh = np.zeros(self.b_h.shape[1:])
        for t in range(len(y))[::-1]:
            hp, r, z, n, h = (self.steps[t][k] for k in ("h_prev", "r", "z", "n", "h"))
            e = self.W_hy @ h + self.b_y - y[t][:, None]
            dh = dh + self.W_hy.T @ e
            an = dh * (1 - z) * (1 - n * n)
            drh = self.W_hh[2].T @ an
            ar, az = drh * hp * r * (1 - r), dh * (hp - n) * z * (1 - z)
            delta = np.array([ar, az, an])
            grads["W_xh"] += delta @ self.steps[t]["x"].T
            grads["W_hh"] += delta @ np.array([hp, hp, r * hp]).transpose(0, 2, 1)
            grads["b_h"] += delta
            grads["W_hy"] += e @ h.T
            grads["b_y"] += e
            dh = dh * z + drh * r + self.W_hh[0].T @ ar + self.W_hh[1].T @ az
        for k, g in grads.items():
            setattr(self, k, getattr(self, k) - learning_rate * g)
