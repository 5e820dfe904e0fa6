# Fully annotated under `from __future__ import annotations`, with names that exist only for type checkers.
from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector: TypeAlias = NDArray[np.float64]

SCALE: Final = 0.01


class SimpleRNN:
    W_xh: Vector
    W_hh: Vector
    W_hy: Vector
    b_h: Vector
    b_y: Vector

    def __init__(self: SimpleRNN, input_size: int, hidden_size: int, output_size: int) -> None:
        self.W_xh = np.random.randn(hidden_size, input_size) * SCALE
        self.W_hh = np.random.randn(hidden_size, hidden_size) * SCALE
        self.W_hy = np.random.randn(output_size, hidden_size) * SCALE
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self._states: list[Vector] = []
        self._outputs: list[Vector] = []

    def forward(self, x: Vector) -> Vector:
        """Run the whole sequence x (T, I) and return the outputs (T, O, 1)."""
        state: Vector = np.zeros_like(self.b_h)
        self._states, self._outputs = [state], []
        for step in x:
            state = np.tanh(self.W_xh @ step[:, None] + self.W_hh @ state + self.b_h)
            self._states.append(state)
            self._outputs.append(self.W_hy @ state + self.b_y)
        return np.stack(self._outputs)

    def backward(self, x: Vector, y: Vector, learning_rate: float) -> None:
        """Update all five weights by one step of gradient descent."""
        d_pre: list[Vector] = []
        d_out: list[Vector] = [o - t[:, None] for o, t in zip(self._outputs, y, strict=True)]
        d_next: Vector = np.zeros_like(self.b_h)
        for t in range(len(x) - 1, -1, -1):
            d_state: Vector = self.W_hy.T @ d_out[t] + d_next
            d_pre.append(d_state * (1 - np.square(self._states[t + 1])))
            d_next = self.W_hh.T @ d_pre[-1]
        pre: Vector = np.hstack(d_pre[::-1])  # (H, T)
        out: Vector = np.hstack(d_out)  # (O, T)
        states: Vector = np.hstack(self._states)  # (H, T + 1)
        self.W_xh -= learning_rate * pre @ x
        self.W_hh -= learning_rate * pre @ states[:, :-1].T
        self.W_hy -= learning_rate * out @ states[:, 1:].T
        self.b_h -= learning_rate * pre.sum(axis=1, keepdims=True)
        self.b_y -= learning_rate * out.sum(axis=1, keepdims=True)
