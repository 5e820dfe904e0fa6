"""How each test group calls a solution; played on submissions and on the reference alike.

A case has inputs and sizes, by name, and a seed. For a class with weights, copy new_model and load
of problem/simple_rnn/driver.py.
"""

import numpy as np

# FILL IN: a function for each group and self-check of problem.yaml, with what it returns


def forward(solution, case):
    """The state after one step."""
    return {"h_t": kept(solution.step(*given(case, "x_t", "h_prev", "W", "U")))}


def backward(solution, case):
    """The gradients of one step."""
    found = solution.step_back(*given(case, "d_h", "x_t", "h_prev", "W", "U"))
    return {name: kept(found[name]) for name in ("dW", "dU")}


def differences(solution, case, size=1e-5):
    """dW, and the same by differences of the solution's own step."""
    d_h, x_t, h_prev, W, U = given(case, "d_h", "x_t", "h_prev", "W", "U")
    slopes = np.zeros_like(W)
    for at in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[at] += size
        down[at] -= size
        moved = np.subtract(*(solution.step(x_t, h_prev, w, U) for w in (up, down)))
        slopes[at] = np.sum(d_h * moved) / (2 * size)
    return {"dW": backward(solution, case)["dW"], "dW_by_differences": slopes}


def given(case, *names):
    """Copies of these inputs, so that a solution cannot change the case."""
    return [case.inputs[name].copy() for name in names]


def kept(value):
    """A copy, or the value itself where NumPy cannot make an array of it: that is judged later."""
    try:
        array = np.asarray(value)
        return array.copy() if array.dtype != object and array.nbytes <= 2**26 else value
    except (TypeError, ValueError):
        return value
