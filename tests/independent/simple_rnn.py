"""simple_rnn without backpropagation: gradients are complex steps of the loss, all at once.

Every pre-activation of every step is moved by i * STEP in a column of its own; the imaginary part
of the loss, over STEP, is the derivative. Nothing is subtracted, so it is as exact as the loss.
"""

import numpy as np

STEP = 1e-100


class SimpleRNN:
    """The statement's class."""

    def __init__(self, input_size, hidden_size, output_size):
        normal = np.random.normal
        self.W_xh = normal(0, 0.01, (hidden_size, input_size))
        self.W_hh = normal(0, 0.01, (hidden_size, hidden_size))
        self.W_hy = normal(0, 0.01, (output_size, hidden_size))
        self.b_h, self.b_y = np.full((hidden_size, 1), 0.0), np.full((output_size, 1), 0.0)

    def states(self, x, moved):
        """h_1 to h_T (T, H, columns), each column with its own moves (T, H, columns)."""
        h, found = np.zeros_like(moved[0]), []
        for x_t, move in zip(x, moved, strict=True):
            h = np.tanh(np.outer(self.W_xh @ x_t, 1) + self.W_hh @ h + self.b_h + move)
            found.append(h)
        return np.array(found)

    def forward(self, x):
        """x (T, I) -> outputs (T, O, 1)."""
        h = self.states(x, np.zeros((len(x), *self.b_h.shape)))
        return np.einsum("oh,thk->tok", self.W_hy, h) + self.b_y

    def backward(self, x, y, learning_rate):
        """One step; dL/da of each pre-activation a by complex steps, weights by the chain rule."""
        steps, units = len(x), len(self.b_h)
        moved = STEP * 1j * np.eye(steps * units).reshape(steps, units, -1)
        h = self.states(x, moved)
        off = np.einsum("oh,thp->top", self.W_hy, h) + self.b_y - y[:, :, None]
        d_a = (off**2 / 2).sum(axis=(0, 1)).imag.reshape(steps, units) / STEP
        h, off = h[:, :, 0].real, off[:, :, 0].real
        before = np.concatenate([np.zeros((1, units)), h[:-1]])
        self.W_xh = self.W_xh - learning_rate * np.einsum("th,ti->hi", d_a, x)
        self.W_hh = self.W_hh - learning_rate * np.einsum("th,tg->hg", d_a, before)
        self.W_hy = self.W_hy - learning_rate * np.einsum("to,th->oh", off, h)
        self.b_h = self.b_h - learning_rate * np.einsum("th->h", d_a)[:, None]
        self.b_y = self.b_y - learning_rate * np.einsum("to->o", off)[:, None]
