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
    """Half the squared distance of outputs and h from the targets, of all steps that are loaded."""
    total, batches = inputs["x_steps"].dtype.type(0), len(inputs["x_steps"])
    for step in range(len(inputs["W_hh_steps"])):
        weights = {name: inputs[f"{name}_steps"][step] for name in WEIGHTS}
        x, y, g = (inputs[f"{name}_steps"][step % batches] for name in ("x", "y", "g"))
        outputs, h = network(weights, x)
        total += np.sum((np.array(outputs) - y) ** 2) / 2 + np.sum((h - g) ** 2) / 2
    return total


def observed(_inputs: Arrays, seen: Arrays) -> dict[str, FloatArray]:
    """The gradients as the driver saw them, by input."""
    return {name: seen[f"d_{name}"] for name in (*WEIGHTS, "x")}


def steps(inputs: Arrays, seen: Arrays) -> dict[str, FloatArray]:
    """dL/dW by input, as the weights after each loaded step W - eta dL/dW tell it."""
    loaded = {name: inputs[f"{name}_steps"] for name in WEIGHTS}
    return {
        f"{name}_steps": (before - seen[name][: len(before)]) / LEARNING_RATE
        for name, before in loaded.items()
    }


GRADIENTS = {
    "gradients": (weighted_sum, observed),
    "sgd": (squared_error, steps),
}
