# wrong: b_h is in the projected inputs and is added once more in the step (seen: kelvinxu/arctic-captions#7).
# loses: forward
import numpy as np


def _step(x_, h_, U, b):
    preact = x_ + np.dot(U, h_)
    preact = preact + b
    return np.tanh(preact)


class SimpleRNN:
    def __init__(self, nin, dim, nout):
        self.W_xh = 0.01 * np.random.randn(dim, nin)
        self.W_hh = 0.01 * np.random.randn(dim, dim)
        self.W_hy = 0.01 * np.random.randn(nout, dim)
        self.b_h = np.zeros((dim, 1))
        self.b_y = np.zeros((nout, 1))

    def forward(self, x):
        # all inputs are projected before the loop
        state_below = np.dot(x, self.W_xh.T) + self.b_h.T
        h = np.zeros((self.W_hh.shape[0], 1))
        self.hs = [h]
        self.ys = []
        for x_ in state_below:
            h = _step(x_[:, None], h, self.W_hh, self.b_h)
            self.hs.append(h)
            self.ys.append(np.dot(self.W_hy, h) + self.b_y)
        return np.stack(self.ys)

    def backward(self, x, y, learning_rate):
        g_xh, g_hh, g_hy = 0.0, 0.0, 0.0
        g_bh, g_by = 0.0, 0.0
        back = np.zeros_like(self.b_h)
        for t in range(len(x), 0, -1):
            err = self.ys[t - 1] - y[t - 1][:, None]
            g_hy = g_hy + np.dot(err, self.hs[t].T)
            g_by = g_by + err
            delta = (np.dot(self.W_hy.T, err) + back) * (1.0 - self.hs[t] ** 2)
            g_xh = g_xh + np.dot(delta, x[t - 1][None, :])
            g_hh = g_hh + np.dot(delta, self.hs[t - 1].T)
            g_bh = g_bh + delta
            back = np.dot(self.W_hh.T, delta)
        for name, g in (("W_xh", g_xh), ("W_hh", g_hh), ("W_hy", g_hy), ("b_h", g_bh), ("b_y", g_by)):
            setattr(self, name, getattr(self, name) - learning_rate * g)
