"""One step of a gated recurrent unit and its gradients by hand.

    z   = sigmoid(W_z x_t + U_z h_prev + b_z)
    r   = sigmoid(W_r x_t + U_r h_prev + b_r)
    n   = tanh(W_n x_t + U_n (r * h_prev) + b_n)
    h_t = (1 - z) * n + z * h_prev

I inputs, H hidden units. Precision follows the inputs: with long doubles everywhere, everything
is computed in long double.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
Parameters = Mapping[str, FloatArray]  # W (3, H, I), U (3, H, H), b (3, H); gates z, r, n

ELEMENTARY = (
    "sigmoid",
    "sigmoid_slope",
    "tanh_slope",
)  # however it is written, its rounding counts as one


def gru_cell(x_t: FloatArray, h_prev: FloatArray, parameters: Parameters) -> FloatArray:
    """One step: x_t (I,), h_prev (H,) -> h_t (H,)."""
    z, _, n = gates(x_t, h_prev, parameters)
    return (1 - z) * n + z * h_prev


def gates(
    x_t: FloatArray, h_prev: FloatArray, parameters: Parameters
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The gates z, r and n, each (H,)."""
    of_x = parameters["W"] @ x_t + parameters["b"]
    U_z, U_r, U_n = parameters["U"]
    z = sigmoid(of_x[0] + U_z @ h_prev)
    r = sigmoid(of_x[1] + U_r @ h_prev)
    return z, r, np.tanh(of_x[2] + U_n @ (r * h_prev))


def sigmoid(a: FloatArray) -> FloatArray:
    """1 / (1 + e^-a), without overflow."""
    return (1 + np.tanh(a / 2)) / 2


def tanh_slope(value: FloatArray) -> FloatArray:
    """The derivative of tanh where it has that value."""
    return 1 - value**2


def sigmoid_slope(value: FloatArray) -> FloatArray:
    """The derivative of sigmoid where it has that value."""
    return value * (1 - value)


def gru_backward(
    d_h: FloatArray, x_t: FloatArray, h_prev: FloatArray, parameters: Parameters
) -> dict[str, FloatArray]:
    """d_h (H,) = dL/dh_t -> dL/d everything that h_t was computed from."""
    z, r, n = gates(x_t, h_prev, parameters)
    U_z, U_r, U_n = parameters["U"]
    d_n = d_h * (1 - z) * tanh_slope(n)
    d_reset = U_n.T @ d_n  # dL/d(r * h_prev)
    d_z = d_h * (h_prev - n) * sigmoid_slope(z)
    d_r = d_reset * h_prev * sigmoid_slope(r)
    db = np.stack([d_z, d_r, d_n])
    seen = np.stack([h_prev, h_prev, r * h_prev])  # what each gate's U was multiplied with
    return {
        "dx_t": np.einsum("ghi,gh->i", parameters["W"], db),
        "dh_prev": d_h * z + d_reset * r + U_z.T @ d_z + U_r.T @ d_r,
        "dW": db[:, :, None] * x_t,
        "dU": db[:, :, None] * seen[:, None, :],
        "db": db,
    }
