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
        self.W_xh = self.drawn(hidden_size, input_size)
        self.W_hh = self.drawn(hidden_size, hidden_size)
        self.W_hy = self.drawn(output_size, hidden_size)
        self.b_h = self.bias(hidden_size)
        self.b_y = self.bias(output_size)

    def drawn(self, rows: int, columns: int) -> FloatArray:
        """A new matrix."""
        return np.random.randn(rows, columns) * 0.01

    def bias(self, size: int) -> FloatArray:
        """A new bias, a column."""
        return np.zeros((size, 1))

    def forward(self, x: FloatArray) -> FloatArray:
        """x (T, I) -> outputs (T, O, 1). Keeps h_0 ... h_T and the outputs for backward."""
        self.h = self.states(x)
        self.outputs = self.read(self.h)
        return self.outputs

    def states(self, x: FloatArray) -> list[FloatArray]:
        """h_0 ... h_T, each (H, 1)."""
        h = [self.first_state(x)]
        for x_t in x[:, :, None]:
            h.append(self.activation(self.pre_activation(x_t, h[-1])))
        return h

    def first_state(self, x: FloatArray) -> FloatArray:
        """h_0 (H, 1), as precise as x."""
        return np.zeros_like(x, shape=(len(self.b_h), 1))

    def pre_activation(self, x_t: FloatArray, h: FloatArray) -> FloatArray:
        """What goes into tanh, (H, 1), from x_t (I, 1) and the state before it."""
        return self.W_xh @ x_t + self.recurrent(h) + self.b_h

    def recurrent(self, h: FloatArray) -> FloatArray:
        """What a state adds to the next one's pre-activation, both (H, 1)."""
        return self.W_hh @ h

    def activation(self, a: FloatArray) -> FloatArray:
        """The new state from what goes into it, both (H, 1)."""
        return np.tanh(a)

    def read(self, h: list[FloatArray]) -> FloatArray:
        """The outputs (T, O, 1) of the states after h_0."""
        return np.stack([self.output(h_t) for h_t in h[1:]])

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
            "W_xh": self.d_W_xh(d_a, x),
            "W_hh": self.d_W_hh(d_a, h[:-1]),
            "W_hy": self.d_W_hy(d_out, h[1:]),
            "b_h": self.d_b_h(d_a),
            "b_y": self.d_b_y(d_out),
        }

    def d_W_xh(self, d_a: FloatArray, x: FloatArray) -> FloatArray:
        """dL/dW_xh (H, I) from dL/da_t for every step, (T, H, 1), and the inputs."""
        return (d_a * x[:, None, :]).sum(axis=0)

    def d_W_hh(self, d_a: FloatArray, before: FloatArray) -> FloatArray:
        """dL/dW_hh (H, H) from dL/da_t and the states before the steps, both (T, H, 1)."""
        return (d_a @ before.transpose(0, 2, 1)).sum(axis=0)

    def d_W_hy(self, d_out: FloatArray, after: FloatArray) -> FloatArray:
        """dL/dW_hy (O, H) from dL/dy_t (T, O, 1) and the states after the steps, (T, H, 1)."""
        return (d_out @ after.transpose(0, 2, 1)).sum(axis=0)

    def d_b_h(self, d_a: FloatArray) -> FloatArray:
        """dL/db_h (H, 1) from dL/da_t for every step."""
        return d_a.sum(axis=0)

    def d_b_y(self, d_out: FloatArray) -> FloatArray:
        """dL/db_y (O, 1) from dL/dy_t for every step."""
        return d_out.sum(axis=0)

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
        self.descend(self.gradients(x, y), learning_rate)

    def descend(self, gradients: dict[str, FloatArray], learning_rate: float) -> None:
        """Change the weights against their gradients."""
        for name, gradient in gradients.items():
            setattr(self, name, self.updated(getattr(self, name), gradient, learning_rate))

    def updated(self, weight: FloatArray, gradient: FloatArray, learning_rate: float) -> FloatArray:
        """One weight after its step."""
        return weight - learning_rate * gradient
