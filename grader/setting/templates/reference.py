"""The reference of PROBLEM_ID, which no student sees.

h_t = tanh(W x_t + U h_prev); I inputs, H hidden units.

It is played on arrays that carry their rounding. Therefore: NumPy's functions, no `math`;
`a = a + b` in place of `a += b`; `np.zeros_like(x, shape=...)` for what is filled later.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# FILL IN: the solution; cut it into pieces of a line or a few, which known mistakes can replace

FloatArray = NDArray[np.floating[Any]]

ELEMENTARY = ("tanh_slope",)  # functions whose rounding counts as one, however they are written


def step(x_t: FloatArray, h_prev: FloatArray, W: FloatArray, U: FloatArray) -> FloatArray:
    """x_t (I,), h_prev (H,), W (H, I), U (H, H) -> h_t (H,)."""
    return np.tanh(W @ x_t + U @ h_prev)


def tanh_slope(value: FloatArray) -> FloatArray:
    """The derivative of tanh where it has that value."""
    return 1 - value**2


def step_back(
    d_h: FloatArray, x_t: FloatArray, h_prev: FloatArray, W: FloatArray, U: FloatArray
) -> dict[str, FloatArray]:
    """d_h (H,) = dL/dh_t -> dL/dW (H, I) and dL/dU (H, H)."""
    d_a = d_h * tanh_slope(step(x_t, h_prev, W, U))
    return {"dW": d_a[:, None] * x_t, "dU": d_a[:, None] * h_prev}
