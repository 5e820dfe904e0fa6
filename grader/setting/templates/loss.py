"""What PROBLEM_ID gives by the statement's formulas alone, for `grader verify`.

It shares no line with the reference. Whatever a group observes is proved here (or by a whole
solution of another kind, tests/independent/PROBLEM_ID.py):

    GRADIENTS  group -> a loss of the inputs, which verify differentiates, and what the observed
               values claim its gradients to be, by the name of the input
    VALUES     group -> the observed values of a case, by the statement's formulas
    REASONS    group -> for a quantity that cannot be proved, a sentence why it need not be
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
Arrays = Mapping[str, FloatArray]

# FILL IN: the loss of your statement, in other words than those of the reference


def state(inputs: Arrays) -> FloatArray:
    """h_t (H,)."""
    a = (inputs["W"] * inputs["x_t"]).sum(axis=1) + (inputs["U"] * inputs["h_prev"]).sum(axis=1)
    return np.tanh(a)


def loss(inputs: Arrays) -> np.floating[Any]:
    """The loss whose gradient at the state is d_h: the sum of d_h times h_t."""
    return np.sum(inputs["d_h"] * state(inputs))


def claimed(_inputs: Arrays, seen: Arrays) -> dict[str, FloatArray]:
    """The gradients by input, as observed."""
    return {"W": seen["dW"], "U": seen["dU"]}


GRADIENTS = {"backward": (loss, claimed)}
VALUES = {"forward": lambda case: {"h_t": state(case.inputs)}}
