"""A simple recurrent network, trained by backpropagation through time.

    h_t = tanh(W_xh x_t + W_hh h_{t-1} + b_h),  h_0 = 0
    y_t = W_hy h_t + b_y
    L   = 1/2 sum_t |y_t - target_t|^2

Precision follows the inputs: with x in long double, everything after the weights is long double.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]

ELEMENTARY = ("tanh_slope",)  # however it is written, its rounding counts as one


def tanh_slope(h: FloatArray) -> FloatArray:
    """The derivative of tanh where its value is h."""
    return 1 - h**2


class SimpleRNN:
    """The network of the statement; T time steps, I inputs, H hidden units, O outputs."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        self.W_xh: FloatArray = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh: FloatArray = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy: FloatArray = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h: FloatArray = np.zeros((hidden_size, 1))
        self.b_y: FloatArray = np.zeros((output_size, 1))

    def forward(self, x: FloatArray) -> FloatArray:
        """x (T, I) -> outputs (T, O, 1). Keeps h_0 ... h_T and the outputs for backward."""
        self.h = [self.first_state(x)]  # h_0, each (H, 1)
        for x_t in x[:, :, None]:
            self.h.append(self.activation(self.pre_activation(x_t, self.h[-1])))
        self.outputs = np.stack([self.output(h_t) for h_t in self.h[1:]])
        return self.outputs

    def first_state(self, x: FloatArray) -> FloatArray:
        """h_0 (H, 1), as precise as x."""
        return np.zeros_like(x, shape=(len(self.b_h), 1))

    def pre_activation(self, x_t: FloatArray, h: FloatArray) -> FloatArray:
        """What goes into tanh, (H, 1), from x_t (I, 1) and the state before it."""
        return self.W_xh @ x_t + self.W_hh @ h + self.b_h

    def activation(self, a: FloatArray) -> FloatArray:
        """The new state from what goes into it, both (H, 1)."""
        return np.tanh(a)

    def output(self, h_t: FloatArray) -> FloatArray:
        """The output (O, 1) of a state."""
        return self.W_hy @ h_t + self.b_y

    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        """dL/dW by name, each in the shape of its weight, for the last forward(x).

        x (T, I), y (T, O). Only the recursion is a loop; what each step adds to a weight is
        summed afterwards.
        """
        d_out = self.output_errors(y)  # (T, O, 1)
        d_a = self.hidden_errors(d_out)  # (T, H, 1)
        h = np.stack(self.h)  # (T + 1, H, 1)
        return {
            "W_xh": (d_a * x[:, None, :]).sum(axis=0),
            "W_hh": (d_a @ h[:-1].transpose(0, 2, 1)).sum(axis=0),
            "W_hy": (d_out @ h[1:].transpose(0, 2, 1)).sum(axis=0),
            "b_h": d_a.sum(axis=0),
            "b_y": d_out.sum(axis=0),
        }

    def output_errors(self, y: FloatArray) -> FloatArray:
        """dL/dy_t for every step, (T, O, 1), from the targets (T, O)."""
        return self.outputs - y[:, :, None]

    def hidden_errors(self, d_out: FloatArray) -> FloatArray:
        """dL/da_t for every step, (T, H, 1), where h_t = tanh(a_t), from dL/dy_t (T, O, 1)."""
        d_a = np.zeros_like(d_out, shape=(len(d_out), *self.b_h.shape))
        from_next = np.zeros_like(d_out, shape=self.b_h.shape)  # after the last step: nothing
        for t in reversed(range(len(d_out))):
            d_h = self.W_hy.T @ d_out[t] + from_next
            d_a[t] = self.through_tanh(d_h, t)
            from_next = self.carry(d_a[t])
        return d_a

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        """dL/da_t from dL/dh_t, both (H, 1)."""
        return tanh_slope(self.h[t + 1]) * d_h  # self.h[0] is h_0, so h_t is self.h[t + 1]

    def carry(self, d_a: FloatArray) -> FloatArray:
        """What step t hands to the gradient of the state before it, both (H, 1)."""
        return self.W_hh.T @ d_a

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        """One step of gradient descent on all five weights, x (T, I) and y (T, O)."""
        for name, d_weight in self.gradients(x, y).items():
            setattr(self, name, getattr(self, name) - learning_rate * d_weight)
