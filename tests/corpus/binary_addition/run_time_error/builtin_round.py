# wrong: the builtin round is applied to a whole array, which has no __round__, so every train_step raises a TypeError.
from typing import Tuple

import numpy as np


def int2binary(n: int, binary_dim: int = 8) -> np.ndarray:
    value = int(n)
    if value < 0 or value >> binary_dim:
        raise ValueError("does not fit")
    result = np.zeros(binary_dim, np.uint8)
    position = binary_dim - 1
    while value:
        result[position] = value & 1
        value >>= 1
        position -= 1
    return result


def sigmoid(z: np.ndarray) -> np.ndarray:
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


class BinaryAdder:
    def __init__(self, input_dim: int = 2, hidden_dim: int = 8, output_dim: int = 1) -> None:
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1
        self.tape = []

    def forward(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        self.tape = []
        state = np.zeros(self.synapse_h.shape[0])
        layer_2 = np.zeros(a.size)
        for i in range(1, a.size + 1):
            bits = np.array([a[-i], b[-i]], dtype=np.float64)
            new = sigmoid(self.synapse_0 @ bits + self.synapse_h @ state)
            layer_2[-i] = sigmoid(self.synapse_1 @ new)[0]
            self.tape.append((bits, state, new))
            state = new
        return layer_2

    def train_step(
        self, a: np.ndarray, b: np.ndarray, c: np.ndarray, alpha: float = 0.1
    ) -> Tuple[np.ndarray, float]:
        layer_2 = self.forward(a, b)
        residual = layer_2 - c
        d2 = residual * layer_2 * (1 - layer_2)
        sum_0 = np.zeros_like(self.synapse_0)
        sum_1 = np.zeros_like(self.synapse_1)
        sum_h = np.zeros_like(self.synapse_h)
        carried = 0.0
        for weight, (bits, old, new) in zip(d2, reversed(self.tape)):
            d1 = (self.synapse_1.ravel() * weight + carried) * new * (1 - new)
            carried = self.synapse_h.T @ d1
            sum_0 += np.outer(d1, bits)
            sum_1 += weight * new
            sum_h += np.outer(d1, old)
        self.synapse_0 -= alpha * sum_0
        self.synapse_1 -= alpha * sum_1
        self.synapse_h -= alpha * sum_h
        return round(layer_2), float(np.abs(residual).sum())
