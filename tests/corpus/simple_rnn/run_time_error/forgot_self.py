# wrong: W_hh is used without self. in the backward pass, NameError.
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass
class Step:
    """What one time step leaves behind for the backward pass."""

    x: Array
    h_prev: Array
    h: Array
    y_hat: Array


class SimpleRNN:
    steps: list[Step]

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        self.W_xh: Array = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh: Array = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy: Array = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h: Array = np.zeros((hidden_size, 1))
        self.b_y: Array = np.zeros((output_size, 1))
        self.steps = []

    def _step(self, x_t: Array, h_prev: Array) -> Step:
        pre = self.W_xh @ x_t + self.W_hh @ h_prev + self.b_h
        h = np.tanh(pre)
        return Step(x_t, h_prev, h, self.W_hy @ h + self.b_y)

    def forward(self, x: Array) -> Array:
        self.steps = []
        h = np.zeros_like(self.b_h)
        for x_t in x:
            step = self._step(x_t[:, np.newaxis], h)
            self.steps.append(step)
            h = step.h
        return np.stack([step.y_hat for step in self.steps])

    def backward(self, x: Array, y: Array, learning_rate: float) -> None:
        d_xh = np.zeros_like(self.W_xh)
        d_hh = np.zeros_like(self.W_hh)
        d_hy = np.zeros_like(self.W_hy)
        d_bh = np.zeros_like(self.b_h)
        d_by = np.zeros_like(self.b_y)
        delta = np.zeros_like(self.b_h)  # gradient at the pre-activation of the step after
        for t in reversed(range(len(self.steps))):
            step = self.steps[t]
            error = step.y_hat - y[t][:, np.newaxis]
            d_hy += error @ step.h.T
            d_by += error
            delta = (1 - np.square(step.h)) * (self.W_hy.T @ error + W_hh.T @ delta)
            d_xh += delta @ step.x.T
            d_hh += delta @ step.h_prev.T
            d_bh += delta
        self._descend(learning_rate, d_xh, d_hh, d_hy, d_bh, d_by)

    def _descend(self, eta: float, d_xh: Array, d_hh: Array, d_hy: Array, d_bh: Array, d_by: Array) -> None:
        self.W_xh -= eta * d_xh
        self.W_hh -= eta * d_hh
        self.W_hy -= eta * d_hy
        self.b_h -= eta * d_bh
        self.b_y -= eta * d_by
