# Small layer objects with forward and backward, prints while training, and a dataclass for the weights.
from dataclasses import dataclass, field

import numpy as np


def int2binary(n, binary_dim=8):
    if int(n) in range(2**binary_dim):
        return np.array([bit == "1" for bit in f"{n:0{binary_dim}b}"], dtype=bool).view(np.uint8)
    raise ValueError(f"{n} is not in range(2**{binary_dim})")


class Sigmoid:
    def __init__(self):
        self.stack = []

    def forward(self, z):
        self.stack.append(1 / (1 + np.exp(-z)))
        return self.stack[-1]

    def backward(self, gradient):
        s = self.stack.pop()
        return gradient * s * (1 - s)


class Linear:
    def __init__(self, weight):
        self.weight, self.stack, self.gradient = weight, [], np.zeros_like(weight)

    def forward(self, x):
        self.stack.append(x)
        return self.weight @ x

    def backward(self, gradient):
        self.gradient = self.gradient + np.outer(gradient, self.stack.pop())
        return self.weight.T @ gradient


def _draw(rows, columns):
    return 2 * np.random.random((rows, columns)) - 1


@dataclass(eq=False)
class BinaryAdder:
    input_dim: int = 2
    hidden_dim: int = 8
    output_dim: int = 1
    synapse_0: np.ndarray = field(init=False, repr=False)
    synapse_1: np.ndarray = field(init=False, repr=False)
    synapse_h: np.ndarray = field(init=False, repr=False)

    def __post_init__(self):
        self.synapse_0 = _draw(self.hidden_dim, self.input_dim)
        self.synapse_1 = _draw(self.output_dim, self.hidden_dim)
        self.synapse_h = _draw(self.hidden_dim, self.hidden_dim)
        self.calls = 0

    def _play(self, a, b):
        layers = Linear(self.synapse_0), Linear(self.synapse_h), Sigmoid(), Linear(self.synapse_1), Sigmoid()
        from_x, from_h, hidden, to_y, output = layers
        h, ys = np.zeros(self.hidden_dim), []
        for x in zip(a[::-1], b[::-1]):
            h = hidden.forward(from_x.forward(np.array(x)) + from_h.forward(h))
            ys.append(output.forward(to_y.forward(h)))
        return layers, np.concatenate(ys)

    def forward(self, a, b):
        return self._play(a, b)[1][::-1]

    def train_step(self, a, b, c, alpha=0.1):
        (from_x, from_h, hidden, to_y, output), ys = self._play(a, b)
        carried = 0
        for y, target in zip(ys[::-1], c):
            d_z = hidden.backward(to_y.backward(output.backward(np.array([y - target]))) + carried)
            from_x.backward(d_z)
            carried = from_h.backward(d_z)
        self.synapse_0 -= alpha * from_x.gradient
        self.synapse_1 -= alpha * to_y.gradient
        self.synapse_h -= alpha * from_h.gradient
        self.calls += 1
        d = np.round(ys[::-1])
        print(f"step {self.calls}: {d} for {c}", end="\r")
        return d, np.abs(ys[::-1] - c).sum()
