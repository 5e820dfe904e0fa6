# wrong: decorator dataclass missing.
# loses: forward
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Memory:
    states: Array      # (T + 1, H), row 0 is the initial state
    outputs: Array     # (T, O)


class SimpleRNN:
    """Elman network trained by full backpropagation through time."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        self.W_xh: Array = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh: Array = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy: Array = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h: Array = np.zeros((hidden_size, 1))
        self.b_y: Array = np.zeros((output_size, 1))
        self._memory: Memory | None = None

    def forward(self, x: Array) -> Array:
        steps = x.shape[0]
        hidden = self.W_hh.shape[0]
        states = np.empty((steps + 1, hidden))
        states[0] = 0.0
        drive = np.einsum("hi,ti->th", self.W_xh, x)
        for t in range(steps):
            recurrent = np.einsum("hk,k->h", self.W_hh, states[t])
            states[t + 1] = np.tanh(drive[t] + recurrent + self.b_h[:, 0])
        outputs = np.einsum("oh,th->to", self.W_hy, states[1:]) + self.b_y[:, 0]
        self._memory = Memory(states, outputs)
        return outputs[..., None]

    def backward(self, x: Array, y: Array, learning_rate: float) -> None:
        assert self._memory is not None
        states, outputs = self._memory.states, self._memory.outputs
        residual = outputs - y
        direct = np.einsum("to,oh->th", residual, self.W_hy)
        slope = 1.0 - states[1:] ** 2
        delta = np.zeros_like(direct)
        upstream = np.zeros(states.shape[1])
        for t in reversed(range(len(x))):
            delta[t] = slope[t] * (direct[t] + upstream)
            upstream = np.einsum("hk,h->k", self.W_hh, delta[t])
        grad_W_xh = np.einsum("th,ti->hi", delta, x)
        grad_W_hh = np.einsum("th,tk->hk", delta, states[:-1])
        grad_W_hy = np.einsum("to,th->oh", residual, states[1:])
        grad_b_h = delta.sum(axis=0)[:, None]
        grad_b_y = residual.sum(axis=0)[:, None]
        self.W_xh -= learning_rate * grad_W_xh
        self.W_hh -= learning_rate * grad_W_hh
        self.W_hy -= learning_rate * grad_W_hy
        self.b_h -= learning_rate * grad_b_h
        self.b_y -= learning_rate * grad_b_y
