# wrong: each of the five gradients is scaled to norm 1 when it is longer.
# loses: backward
"""RNN with explicit parameter container, forward pass as a generator."""
import numpy as np
from types import SimpleNamespace as NS


def clip_norm(g, limit=1.0):
    n = np.linalg.norm(g)
    return g * (limit / n) if n > limit else g


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def states(self, x):
        h = np.zeros((self.W_hh.shape[0], 1))
        for row in x:
            prev = h
            h = np.tanh(self.W_xh @ row.reshape(-1, 1) + self.W_hh @ prev + self.b_h)
            yield NS(x=row.reshape(1, -1), prev=prev, h=h, y=self.W_hy @ h + self.b_y)

    def forward(self, x):
        self.steps = list(self.states(x))
        return np.stack([s.y for s in self.steps])

    def backward(self, x, y, learning_rate):
        g = NS(W_xh=0, W_hh=0, W_hy=0, b_h=0, b_y=0)
        flow = 0
        for s, target in reversed(list(zip(self.steps, y))):
            e = s.y - target.reshape(-1, 1)
            d = (self.W_hy.T @ e + flow) * (1 - s.h ** 2)
            flow = self.W_hh.T @ d
            g.W_xh, g.W_hh, g.W_hy = g.W_xh + d @ s.x, g.W_hh + d @ s.prev.T, g.W_hy + e @ s.h.T
            g.b_h, g.b_y = g.b_h + d, g.b_y + e
        for name, value in vars(g).items():
            setattr(self, name, getattr(self, name) - learning_rate * clip_norm(value))
