# wrong: W_hh is made as (H, I), the shape of W_xh (seen: https://www.52sbl.cn/discussion/118280.html).
# loses: initialisation
import numpy as np


class SimpleRNN:
    def __init__(self, inputs, hidden, outputs):
        self.W_xh = np.random.randn(hidden, inputs) * 0.01
        self.W_hh = np.random.randn(hidden, inputs) * 0.01
        self.W_hy = np.random.randn(outputs, hidden) * 0.01
        self.b_h = np.zeros((hidden, 1))
        self.b_y = np.zeros((outputs, 1))
        self.hidden = hidden

    def forward(self, x):
        h = np.zeros((self.hidden, 1))
        self.hs, self.ys = [h], []
        for x_t in x:
            h = np.tanh(np.dot(self.W_hh, h) + np.dot(self.W_xh, x_t[:, None]) + self.b_h)
            y = np.dot(self.W_hy, h) + self.b_y
            self.hs.append(h)
            self.ys.append(y)
        return np.stack(self.ys)

    def backward(self, x, y, learning_rate):
        gWxh, gWhh, gWhy, gbh, gby = 0, 0, 0, 0, 0
        dh_next = 0
        for t in reversed(range(len(x))):
            dy = self.ys[t] - y[t][:, None]
            gWhy = gWhy + np.dot(dy, self.hs[t + 1].T)
            gby = gby + dy
            dz = (np.dot(self.W_hy.T, dy) + dh_next) * (1 - self.hs[t + 1] ** 2)
            gWxh = gWxh + np.dot(dz, x[t][None, :])
            gWhh = gWhh + np.dot(dz, self.hs[t].T)
            gbh = gbh + dz
            dh_next = np.dot(self.W_hh.T, dz)
        self.W_xh = self.W_xh - learning_rate * gWxh
        self.W_hh = self.W_hh - learning_rate * gWhh
        self.W_hy = self.W_hy - learning_rate * gWhy
        self.b_h = self.b_h - learning_rate * gbh
        self.b_y = self.b_y - learning_rate * gby
