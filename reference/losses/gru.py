"""The loss of gru from the statement's formulas alone, for `grader verify`.

It shares no line with the reference. GRADIENTS names, for a test group, a function from the
group's inputs to the loss, and one from the inputs and what the driver observed to the gradients
that this claims, by input.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
Arrays = Mapping[str, FloatArray]

LEARNING_RATE = 0.01
WEIGHTS = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")


def loss(inputs: Arrays) -> np.floating[Any]:
    """1/2 sum_t |y_t - target_t|^2 with x (T, I) and the targets y (T, O)."""
    into, within, bias = inputs["W_xh"], inputs["W_hh"], inputs["b_h"][..., 0]
    h = np.zeros_like(bias[0])
    total = inputs["x"].dtype.type(0)
    for x_t, target in zip(inputs["x"], inputs["y"], strict=True):
        reset = 1 / (1 + np.exp(-(into[0] @ x_t + within[0] @ h + bias[0])))
        keep = 1 / (1 + np.exp(-(into[1] @ x_t + within[1] @ h + bias[1])))
        h = keep * h + (1 - keep) * np.tanh(into[2] @ x_t + within[2] @ (reset * h) + bias[2])
        y_t = inputs["W_hy"] @ h + inputs["b_y"][:, 0]
        total += np.sum((y_t - target) ** 2) / 2
    return total


def claimed(inputs: Arrays, seen: Arrays) -> dict[str, FloatArray]:
    """dL/dW by name, as the weights after one step W - eta dL/dW tell it."""
    return {name: (inputs[name] - seen[name]) / LEARNING_RATE for name in WEIGHTS}


GRADIENTS = {"backward": (loss, claimed)}
