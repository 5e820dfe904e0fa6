"""The losses of rnn_cell from the statement's formulas alone, for `grader verify`.

The statement gives a loss only by its gradient at the states, so the loss here is the linear one
that has that gradient: the sum of all states, each number times what d_next or da has there.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
Arrays = Mapping[str, FloatArray]


def state(inputs: Arrays, x_t: FloatArray, former: FloatArray) -> FloatArray:
    """The state (n_a, m) after x_t (n_x, m) and the state before it."""
    z = inputs["ba"] + np.einsum("ai,im->am", inputs["Wam"], x_t)
    return np.tanh(z + np.einsum("ab,bm->am", inputs["Waa"], former))


def cell_loss(inputs: Arrays) -> np.floating[Any]:
    """The sum of d_next times a_now."""
    return np.sum(inputs["d_next"] * state(inputs, inputs["x_t"], inputs["a_former"]))


def sequence_loss(inputs: Arrays) -> np.floating[Any]:
    """The sum over all steps of da times the state."""
    total, a_t = inputs["x"].dtype.type(0), inputs["a0"]
    for t in range(inputs["x"].shape[2]):
        a_t = state(inputs, inputs["x"][:, :, t], a_t)
        total += np.sum(inputs["da"][:, :, t] * a_t)
    return total


def of_cell(_: Arrays, seen: Arrays) -> dict[str, FloatArray]:
    """The gradients of one step by input."""
    names = {"x_t": "dx_t", "a_former": "da_former", "Wam": "dWam", "Waa": "dWaa", "ba": "dba"}
    return {name: seen[gradient] for name, gradient in names.items()}


def of_sequence(_: Arrays, seen: Arrays) -> dict[str, FloatArray]:
    """The gradients of a sequence by input."""
    return {name: seen["d" + name] for name in ("x", "a0", "Wam", "Waa", "ba")}


GRADIENTS = {
    "cell_backward": (cell_loss, of_cell),
    "sequence_backward": (sequence_loss, of_sequence),
}
