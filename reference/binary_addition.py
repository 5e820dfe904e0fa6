"""A recurrent network that learns to add two binary numbers, one bit a step.

    layer_1_t = sigmoid(synapse_h layer_1_{t-1} + synapse_0 [a_bit, b_bit]^T),  layer_1_0 = 0
    layer_2_t = sigmoid(synapse_1 layer_1_t)
    L         = 1/2 sum_t (layer_2_t - c_bit)^2

Bits come and go most significant first; time runs from the least significant bit, so that a carry
is known before it is needed. Below, D is the number of bits and H the number of hidden units.
Precision follows the weights: with weights in long double, everything is long double.
"""

from typing import Any, SupportsIndex

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
Bits = NDArray[np.uint8]

ELEMENTARY = ("sigmoid", "sigmoid_slope")  # however it is written, its rounding counts as one


def int2binary(n: SupportsIndex, binary_dim: int = 8) -> Bits:
    """n as binary_dim bits, most significant first; ValueError if n does not fit."""
    number = int(n)  # a NumPy integer would wrap around where Python's grows
    check_range(number, binary_dim)
    return digits(number, binary_dim)


def check_range(number: int, binary_dim: int) -> None:
    """ValueError if the number does not fit."""
    if not 0 <= number < 2**binary_dim:
        raise ValueError(f"{number} does not fit into {binary_dim} bits")


def digits(number: int, binary_dim: int) -> Bits:
    """The lowest binary_dim bits, most significant first."""
    return np.array([number >> k & 1 for k in reversed(range(binary_dim))], np.uint8)


def sigmoid(z: FloatArray) -> FloatArray:
    """1 / (1 + e^-z), for |z| below 700: beyond that e^-z would overflow."""
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(value: FloatArray) -> FloatArray:
    """The derivative of sigmoid where it has that value."""
    return value * (1 - value)


class BinaryAdder:
    """The network of the statement. It has no biases, and one output, the bit of the sum."""

    def __init__(self, input_dim: int = 2, hidden_dim: int = 8, output_dim: int = 1) -> None:
        self.synapse_0 = self.drawn(hidden_dim, input_dim)
        self.synapse_1 = self.drawn(output_dim, hidden_dim)
        self.synapse_h = self.drawn(hidden_dim, hidden_dim)

    def drawn(self, rows: int, columns: int) -> FloatArray:
        """A new matrix."""
        return 2 * np.random.random((rows, columns)) - 1

    def forward(self, a: Bits, b: Bits) -> FloatArray:
        """a (D,), b (D,) -> layer_2 (D,), most significant first."""
        self.x = self.in_time(a, b)
        self.layer_1 = np.zeros_like(self.synapse_h, shape=(len(a) + 1, len(self.synapse_h)))
        self.layer_1[0] = self.first_state()
        for t, x_t in enumerate(self.x, start=1):
            self.layer_1[t] = self.hidden(self.pre_activation(x_t, self.layer_1[t - 1]))
        self.layer_2 = self.output(self.layer_1)  # (D,), in the order of time
        return self.layer_2[::-1]

    def in_time(self, a: Bits, b: Bits) -> Bits:
        """The pairs of bits (D, 2) in the order of time."""
        return np.stack([a, b], axis=1)[::-1]

    def first_state(self) -> FloatArray:
        """layer_1 before the first step, (H,)."""
        return np.zeros_like(self.synapse_h[0])

    def pre_activation(self, x_t: Bits, former: FloatArray) -> FloatArray:
        """What goes into the hidden sigmoid, (H,), from two bits and the layer a step before."""
        return self.synapse_h @ former + self.synapse_0 @ x_t

    def hidden(self, z: FloatArray) -> FloatArray:
        """The hidden layer from what goes into it, both (H,)."""
        return sigmoid(z)

    def output(self, layer_1: FloatArray) -> FloatArray:
        """layer_2 (D,) from the hidden layer of all steps, (D + 1, H)."""
        return sigmoid(layer_1[1:] @ self.synapse_1[0])

    def gradients(self, c: Bits) -> dict[str, FloatArray]:
        """dL/dsynapse by name, each in the shape of its synapse; c (D,) for the last forward.

        A delta is the gradient before the sigmoid. Only the recursion is a loop; what each step
        adds to a synapse is summed afterwards.
        """
        delta_2 = self.output_delta(c)  # (D,)
        delta_1 = self.hidden_delta(delta_2)  # (D, H)
        return {
            "synapse_0": self.d_synapse_0(delta_1, self.x),
            "synapse_1": self.d_synapse_1(delta_2, self.layer_1[1:]),
            "synapse_h": self.d_synapse_h(delta_1, self.layer_1[:-1]),
        }

    def d_synapse_0(self, delta_1: FloatArray, x: Bits) -> FloatArray:
        """dL/dsynapse_0 (H, 2) from the deltas of the hidden layer (D, H) and its inputs."""
        return (delta_1[:, :, None] * x[:, None, :]).sum(axis=0)

    def d_synapse_1(self, delta_2: FloatArray, after: FloatArray) -> FloatArray:
        """dL/dsynapse_1 (1, H) from the deltas of the output (D,) and the states after it."""
        return (delta_2[:, None, None] * after[:, None, :]).sum(axis=0)

    def d_synapse_h(self, delta_1: FloatArray, before: FloatArray) -> FloatArray:
        """dL/dsynapse_h (H, H) from the deltas of the hidden layer and the states before it."""
        return (delta_1[:, :, None] * before[:, None, :]).sum(axis=0)

    def output_delta(self, c: Bits) -> FloatArray:
        """The deltas of the output in the order of time, (D,)."""
        return self.through_sigmoid(self.layer_2 - c[::-1], self.layer_2)

    def hidden_delta(self, delta_2: FloatArray) -> FloatArray:
        """The deltas of the hidden layer, (D, H), from those of the output."""
        delta_1 = np.zeros_like(self.layer_1[1:])
        future_delta_1 = np.zeros_like(delta_1[0])  # (H,); after the last step there is nothing
        for t in reversed(range(len(delta_2))):
            d_layer_1 = self.carry(future_delta_1) + self.synapse_1[0] * delta_2[t]
            delta_1[t] = self.through_hidden(d_layer_1, t)
            future_delta_1 = delta_1[t]
        return delta_1

    def carry(self, future_delta_1: FloatArray) -> FloatArray:
        """The gradient of a hidden layer by way of the step after it, both (H,)."""
        return self.synapse_h.T @ future_delta_1

    def through_hidden(self, d_layer_1: FloatArray, t: int) -> FloatArray:
        """The delta of step t from the gradient of its hidden layer, both (H,)."""
        return self.through_sigmoid(d_layer_1, self.layer_1[t + 1])  # layer_1[0] is before step 0

    def through_sigmoid(self, d_value: FloatArray, value: FloatArray) -> FloatArray:
        """The gradient before the sigmoid, whose derivative is s (1 - s) in its value s."""
        return d_value * sigmoid_slope(value)

    def train_step(
        self, a: Bits, b: Bits, c: Bits, alpha: float = 0.1
    ) -> tuple[Bits, np.floating[Any]]:
        """One step of gradient descent; the rounded bits (D,) and overall_error before it."""
        layer_2 = self.forward(a, b)
        self.descend(self.gradients(c), alpha)
        return self.bits(layer_2), self.overall_error(c, layer_2)

    def descend(self, gradients: dict[str, FloatArray], alpha: float) -> None:
        """Change the synapses against their gradients."""
        for name, gradient in gradients.items():
            setattr(self, name, self.updated(getattr(self, name), gradient, alpha))

    def updated(self, synapse: FloatArray, gradient: FloatArray, alpha: float) -> FloatArray:
        """One synapse after its step."""
        return synapse - alpha * gradient

    def bits(self, layer_2: FloatArray) -> Bits:
        """What the outputs (D,) stand for, 0 or 1 each."""
        return np.round(layer_2).astype(np.uint8)

    def overall_error(self, c: Bits, layer_2: FloatArray) -> np.floating[Any]:
        """sum |c - layer_2|, for c and layer_2 (D,)."""
        return np.abs(c - layer_2).sum()
