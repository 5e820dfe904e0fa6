# wrong: alpha has no default value, TypeError when train_step is called without it.
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


def int2binary(n: int, binary_dim: int = 8) -> np.ndarray:
    value = int(n)
    if not 0 <= value < (1 << binary_dim):
        raise ValueError("number out of range")
    return np.array([(value >> k) & 1 for k in reversed(range(binary_dim))], dtype=np.uint8)


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-z))


@dataclass
class Pass:
    inputs: list[np.ndarray] = field(default_factory=list)
    hidden: list[np.ndarray] = field(default_factory=list)
    outputs: list[float] = field(default_factory=list)


class BinaryAdder:
    def __init__(self, input_dim: int = 2, hidden_dim: int = 8, output_dim: int = 1) -> None:
        self.synapse_0 = self._draw(hidden_dim, input_dim)
        self.synapse_1 = self._draw(output_dim, hidden_dim)
        self.synapse_h = self._draw(hidden_dim, hidden_dim)

    @staticmethod
    def _draw(rows: int, cols: int) -> np.ndarray:
        return 2 * np.random.random((rows, cols)) - 1

    def _run(self, a: np.ndarray, b: np.ndarray) -> Pass:
        run = Pass()
        h = np.zeros(self.synapse_h.shape[0])
        run.hidden.append(h)
        for bit_a, bit_b in zip(a[::-1], b[::-1]):
            x_t = np.array([bit_a, bit_b], dtype=np.float64)
            h = sigmoid(self.synapse_h @ h + self.synapse_0 @ x_t)
            run.inputs.append(x_t)
            run.hidden.append(h)
            run.outputs.append(float(sigmoid(self.synapse_1 @ h)[0]))
        return run

    def forward(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.array(self._run(a, b).outputs[::-1])

    def _gradients(self, run: Pass, c: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        g0 = np.zeros_like(self.synapse_0)
        g1 = np.zeros_like(self.synapse_1)
        gh = np.zeros_like(self.synapse_h)
        dh_next = np.zeros(self.synapse_h.shape[0])
        steps = len(run.outputs)
        for t in range(steps - 1, -1, -1):
            out = run.outputs[t]
            h = run.hidden[t + 1]
            h_prev = run.hidden[t]
            d_out = (out - float(c[steps - 1 - t])) * out * (1 - out)
            d_state = d_out * self.synapse_1[0] + dh_next
            d_state = d_state * (h - h * h)
            g1[0] += d_out * h
            gh += np.outer(d_state, h_prev)
            g0 += np.outer(d_state, run.inputs[t])
            dh_next = self.synapse_h.T @ d_state
        return g0, g1, gh

    def train_step(self, a: np.ndarray, b: np.ndarray, c: np.ndarray, alpha: float) -> tuple[np.ndarray, float]:
        run = self._run(a, b)
        layer_2 = np.array(run.outputs[::-1])
        g0, g1, gh = self._gradients(run, c)
        self.synapse_0 -= alpha * g0
        self.synapse_1 -= alpha * g1
        self.synapse_h -= alpha * gh
        overall_error = float(np.sum(np.abs(c - layer_2)))
        return np.round(layer_2).astype(np.uint8), overall_error
