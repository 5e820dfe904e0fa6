"""The losses of torch_rnn from the statement's formulas alone, for `grader verify`.

It shares no line with the reference, nor PyTorch. GRADIENTS is as in `losses/simple_rnn.py`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
Arrays = Mapping[str, FloatArray]

LEARNING_RATE = 0.01
WEIGHTS = ("W_hh", "W_xh", "W_hy", "b_h", "b_y")


def network(inputs: Arrays, x: FloatArray) -> tuple[list[FloatArray], FloatArray]:
    """The outputs of every step, (B, O) each, and the last state (B, H)."""
    h = np.zeros((x.shape[1], inputs["b_h"].size), x.dtype)
    outputs = []
    for x_t in x:
        h = np.tanh(h @ inputs["W_hh"] + x_t @ inputs["W_xh"] + inputs["b_h"])
        outputs.append(h @ inputs["W_hy"] + inputs["b_y"])
    return outputs, h


def weighted_sum(inputs: Arrays) -> np.floating[Any]:
    """sum(outputs * d_outputs) + sum(h * d_h), what is differentiated in the group gradients."""
    outputs, h = network(inputs, inputs["x"])
    return np.sum(np.array(outputs) * inputs["d_outputs"]) + np.sum(h * inputs["d_h"])


def squared_error(inputs: Arrays) -> np.floating[Any]:
    """Half the squared distance of outputs and h from the targets of the first batch."""
    outputs, h = network(inputs, inputs["x_steps"][0])
    off = np.array(outputs) - inputs["y_steps"][0]
    return np.sum(off**2) / 2 + np.sum((h - inputs["g_steps"][0]) ** 2) / 2


def observed(_inputs: Arrays, seen: Arrays) -> dict[str, FloatArray]:
    """The gradients as the driver saw them, by input."""
    return {name: seen[f"d_{name}"] for name in (*WEIGHTS, "x")}


def first_step(inputs: Arrays, seen: Arrays) -> dict[str, FloatArray]:
    """dL/dW by name, as the weights after the first step W - eta dL/dW tell it."""
    return {name: (inputs[name] - seen[name][0]) / LEARNING_RATE for name in WEIGHTS}


GRADIENTS = {
    "gradients": (weighted_sum, observed),
    "sgd": (squared_error, first_step),
}
