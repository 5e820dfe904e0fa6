"""A network of gated recurrent units, trained by backpropagation through time.

    r_t = sigmoid(W_xh[0] x_t + W_hh[0] h_{t-1} + b_h[0])
    z_t = sigmoid(W_xh[1] x_t + W_hh[1] h_{t-1} + b_h[1])
    n_t = tanh(W_xh[2] x_t + W_hh[2] (r_t * h_{t-1}) + b_h[2])
    h_t = (1 - z_t) * n_t + z_t * h_{t-1},  h_0 = 0
    y_t = W_hy h_t + b_y
    L   = 1/2 sum_t |y_t - target_t|^2

Precision follows the inputs: with x in long double, everything after the weights is long double.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]

R, Z, N = range(3)  # the first axis of W_xh, W_hh and b_h
ELEMENTARY = (
    "sigmoid",
    "sigmoid_slope",
    "tanh_slope",
)  # however it is written, its rounding counts as one


class Step(NamedTuple):
    """What one step computes, each (H, 1)."""

    before: FloatArray  # h_{t-1}
    r: FloatArray
    z: FloatArray
    n: FloatArray
    h: FloatArray


def sigmoid(a: FloatArray) -> FloatArray:
    """1 / (1 + e^-a), without overflow."""
    return (1 + np.tanh(a / 2)) / 2


def sigmoid_slope(value: FloatArray) -> FloatArray:
    """The derivative of sigmoid where it has that value."""
    return value * (1 - value)


def tanh_slope(value: FloatArray) -> FloatArray:
    """The derivative of tanh where it has that value."""
    return 1 - value**2


class GRU:
    """The network of the statement; T time steps, I inputs, H hidden units, O outputs."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        self.W_xh = self.drawn(3, hidden_size, input_size)
        self.W_hh = self.drawn(3, hidden_size, hidden_size)
        self.W_hy = self.drawn(output_size, hidden_size)
        self.b_h = self.bias(3, hidden_size)
        self.b_y = self.bias(output_size)

    def drawn(self, *shape: int) -> FloatArray:
        """New matrices."""
        return np.random.randn(*shape) * 0.01

    def bias(self, *shape: int) -> FloatArray:
        """New biases, columns."""
        return np.zeros((*shape, 1))

    def forward(self, x: FloatArray) -> FloatArray:
        """x (T, I) -> outputs (T, O, 1). Keeps every step and the outputs for backward."""
        self.steps = self.run(x)
        self.outputs = np.stack([self.output(step.h) for step in self.steps])
        return self.outputs

    def run(self, x: FloatArray) -> list[Step]:
        """Every step of a sequence."""
        h = self.first_state(x)
        steps = []
        for x_t in x[:, :, None]:
            steps.append(self.step(x_t, h))
            h = steps[-1].h
        return steps

    def first_state(self, x: FloatArray) -> FloatArray:
        """h_0 (H, 1), as precise as x."""
        return np.zeros_like(x, shape=self.b_h.shape[1:])

    def step(self, x_t: FloatArray, h: FloatArray) -> Step:
        """One step from x_t (I, 1) and the state before it, (H, 1)."""
        of_x = self.W_xh @ x_t + self.b_h  # (3, H, 1)
        r, z = self.gates(of_x, h)
        n = self.new(of_x[N], r, h)
        return Step(h, r, z, n, self.mixed(z, n, h))

    def gates(self, of_x: FloatArray, h: FloatArray) -> tuple[FloatArray, FloatArray]:
        """r_t and z_t from what the input adds to them, (3, H, 1), and the state before."""
        r, z = (sigmoid(of_x[k] + self.W_hh[k] @ h) for k in (R, Z))
        return r, z

    def new(self, of_x: FloatArray, r: FloatArray, h: FloatArray) -> FloatArray:
        """n_t from what the input adds to it, the reset gate and the state before, all (H, 1)."""
        return np.tanh(of_x + self.W_hh[N] @ (r * h))

    def mixed(self, z: FloatArray, n: FloatArray, h: FloatArray) -> FloatArray:
        """The new state from the update gate, the proposed state and the state before."""
        return (1 - z) * n + z * h

    def output(self, h: FloatArray) -> FloatArray:
        """The output (O, 1) of a state."""
        return self.W_hy @ h + self.b_y

    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        """dL/dW by name, each in the shape of its weight, for the last forward(x).

        x (T, I), y (T, O). Only the recursion is a loop; what each step adds to a weight is
        summed afterwards.
        """
        d_out = self.output_errors(y)  # (T, O, 1)
        d_a = self.gate_errors(d_out)  # (T, 3, H, 1)
        states = np.stack([step.h for step in self.steps])  # (T, H, 1)
        return {
            "W_xh": self.d_W_xh(d_a, x),
            "W_hh": self.d_W_hh(d_a),
            "W_hy": (d_out @ states.transpose(0, 2, 1)).sum(axis=0),
            "b_h": d_a.sum(axis=0),
            "b_y": d_out.sum(axis=0),
        }

    def d_W_xh(self, d_a: FloatArray, x: FloatArray) -> FloatArray:
        """dL/dW_xh (3, H, I) from dL/da_t for every step, (T, 3, H, 1), and the inputs."""
        return (d_a * x[:, None, None, :]).sum(axis=0)

    def d_W_hh(self, d_a: FloatArray) -> FloatArray:
        """dL/dW_hh (3, H, H) from dL/da_t for every step, (T, 3, H, 1)."""
        seen = np.stack([self.multiplied(step) for step in self.steps])  # (T, 3, H, 1)
        return (d_a * seen.transpose(0, 1, 3, 2)).sum(axis=0)

    def multiplied(self, step: Step) -> FloatArray:
        """What each gate's part of W_hh is multiplied with in a step, (3, H, 1)."""
        return np.stack([step.before, step.before, step.r * step.before])

    def output_errors(self, y: FloatArray) -> FloatArray:
        """dL/dy_t for every step, (T, O, 1), from the targets (T, O)."""
        return self.outputs - y[:, :, None]

    def gate_errors(self, d_out: FloatArray) -> FloatArray:
        """dL/da_t for every step, (T, 3, H, 1), a being what goes into sigmoid or tanh."""
        d_a = np.zeros_like(d_out, shape=(len(d_out), *self.b_h.shape))
        from_next = np.zeros_like(d_out, shape=self.b_h.shape[1:])  # after the last step: nothing
        for t in reversed(range(len(d_out))):
            d_h = self.W_hy.T @ d_out[t] + from_next
            step = self.steps[t]
            d_n = self.through_new(d_h, step)
            d_reset = self.W_hh[N].T @ d_n  # dL/d(r_t * h_{t-1})
            d_r = self.through_reset(d_reset, step)
            d_z = self.through_update(d_h, step)
            d_a[t] = np.stack([d_r, d_z, d_n])
            from_next = (
                self.direct(d_h, step)
                + self.past_reset(d_reset, step)
                + self.through_gates(d_r, d_z)
            )
        return d_a

    def through_new(self, d_h: FloatArray, step: Step) -> FloatArray:
        """dL/da of n_t from dL/dh_t, both (H, 1)."""
        return d_h * (1 - step.z) * tanh_slope(step.n)

    def through_reset(self, d_reset: FloatArray, step: Step) -> FloatArray:
        """dL/da of r_t from dL/d(r_t * h_{t-1}), both (H, 1)."""
        return d_reset * step.before * sigmoid_slope(step.r)

    def through_update(self, d_h: FloatArray, step: Step) -> FloatArray:
        """dL/da of z_t from dL/dh_t, both (H, 1)."""
        return d_h * (step.before - step.n) * sigmoid_slope(step.z)

    def direct(self, d_h: FloatArray, step: Step) -> FloatArray:
        """What the kept part of the state hands to the state before it, (H, 1)."""
        return d_h * step.z

    def past_reset(self, d_reset: FloatArray, step: Step) -> FloatArray:
        """What n_t hands to the state before it, (H, 1)."""
        return d_reset * step.r

    def through_gates(self, d_r: FloatArray, d_z: FloatArray) -> FloatArray:
        """What r_t and z_t hand to the state before them, (H, 1)."""
        return self.W_hh[R].T @ d_r + self.W_hh[Z].T @ d_z

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
