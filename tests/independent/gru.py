"""gru without backpropagation: gradients are complex steps of the loss, all at once.

As in simple_rnn.py beside this: every pre-activation of every step is moved by i * STEP in a column
of its own; the imaginary part of the loss, over STEP, is the derivative. Steps are small enough for
NumPy's complex exponential to be exact in the real part.
"""

import numpy as np

STEP = 1e-100


def sigmoid(a):
    """By the exponential that does not overflow."""
    small = np.exp(np.where(a.real < 0, a, -a))
    return np.where(a.real < 0, small, 1) / (1 + small)


class GRU:
    """The statement's class."""

    def __init__(self, input_size, hidden_size, output_size):
        normal = np.random.normal
        self.W_xh = normal(0, 0.01, (3, hidden_size, input_size))
        self.W_hh = normal(0, 0.01, (3, hidden_size, hidden_size))
        self.W_hy = normal(0, 0.01, (output_size, hidden_size))
        self.b_h, self.b_y = np.full((3, hidden_size, 1), 0.0), np.full((output_size, 1), 0.0)

    def states(self, x, moved):
        """h_0 to h_T (T + 1, H, columns) and r_t * h_{t-1}, with moves (T, 3, H, columns)."""
        h, found = [np.zeros_like(moved[0, 0])], []
        for x_t, move in zip(x, moved, strict=True):
            a = np.einsum("ghi,i->gh", self.W_xh, x_t)[:, :, None] + self.b_h + move
            reset = sigmoid(a[0] + self.W_hh[0] @ h[-1])
            keep = sigmoid(a[1] + self.W_hh[1] @ h[-1])
            found.append(reset * h[-1])
            h.append(keep * h[-1] + (1 - keep) * np.tanh(a[2] + self.W_hh[2] @ found[-1]))
        return np.array(h), np.array(found)

    def forward(self, x):
        """x (T, I) -> outputs (T, O, 1)."""
        h, _ = self.states(x, np.zeros((len(x), *self.b_h.shape)))
        return np.einsum("oh,thk->tok", self.W_hy, h[1:]) + self.b_y

    def backward(self, x, y, learning_rate):
        """One step; dL/da of each pre-activation a by complex steps, weights by the chain rule."""
        shape = len(x), *self.b_h.shape[:2]
        moved = STEP * 1j * np.eye(int(np.prod(shape))).reshape(*shape, -1)
        h, past_reset = self.states(x, moved)
        off = np.einsum("oh,thp->top", self.W_hy, h[1:]) + self.b_y - y[:, :, None]
        d_a = (off**2 / 2).sum(axis=(0, 1)).imag.reshape(shape) / STEP
        h, past_reset, off = h[:, :, 0].real, past_reset[:, :, 0].real, off[:, :, 0].real
        seen = np.stack([h[:-1], h[:-1], past_reset], axis=1)
        self.W_xh = self.W_xh - learning_rate * np.einsum("tgh,ti->ghi", d_a, x)
        self.W_hh = self.W_hh - learning_rate * np.einsum("tgh,tgk->ghk", d_a, seen)
        self.W_hy = self.W_hy - learning_rate * np.einsum("to,th->oh", off, h[1:])
        self.b_h = self.b_h - learning_rate * np.einsum("tgh->gh", d_a)[:, :, None]
        self.b_y = self.b_y - learning_rate * np.einsum("to->o", off)[:, None]
