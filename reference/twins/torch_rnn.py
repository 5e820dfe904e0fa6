"""What the driver of torch_rnn observes, computed in NumPy, with the gradients by hand.

It shares no line with the reference, which leaves its gradients to autograd: the expected values
come from here, and `grader verify` holds the reference against them.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

Arrays = Mapping[str, Any]  # by name: inputs, or what is observed of them
Sizes = Mapping[str, int]

ELEMENTARY = ("tanh_slope",)  # however it is written, its rounding counts as one

LEARNING_RATE = 0.01
WEIGHTS = ("W_hh", "W_xh", "W_hy", "b_h", "b_y")


def tanh_slope(h: Any) -> Any:
    """The derivative of tanh where its value is h."""
    return 1 - h**2


def states(w: Arrays, x: Any) -> Any:
    """h_0 ... h_T, (T + 1, B, H), from x (T, B, I)."""
    h = [np.zeros_like(x, shape=(x.shape[1], len(w["b_h"])))]
    for x_t in x:
        h.append(np.tanh(h[-1] @ w["W_hh"] + x_t @ w["W_xh"] + w["b_h"]))
    return np.stack(h)


def outputs_of(w: Arrays, h: Any) -> Any:
    """The outputs (T, B, O) of the states."""
    return h[1:] @ w["W_hy"] + w["b_y"]


def gradients_of(w: Arrays, x: Any, h: Any, d_outputs: Any, d_h: Any) -> dict[str, Any]:
    """dL/d each weight and x, from dL/doutputs (T, B, O) and dL/dh_T (B, H)."""
    d_a = np.zeros_like(h[1:])
    from_next = d_h
    for t in reversed(range(len(x))):
        d_a[t] = tanh_slope(h[t + 1]) * (d_outputs[t] @ w["W_hy"].T + from_next)
        from_next = d_a[t] @ w["W_hh"].T
    return {
        "d_W_hh": (h[:-1].transpose(0, 2, 1) @ d_a).sum(axis=0),
        "d_W_xh": (x.transpose(0, 2, 1) @ d_a).sum(axis=0),
        "d_W_hy": (h[1:].transpose(0, 2, 1) @ d_outputs).sum(axis=0),
        "d_b_h": d_a.sum(axis=1).sum(axis=0),
        "d_b_y": d_outputs.sum(axis=1).sum(axis=0),
        "d_x": d_a @ w["W_xh"].T,
    }


def forward(inputs: Arrays, _: Sizes) -> dict[str, Any]:
    """The outputs and the last state."""
    h = states(inputs, inputs["x"])
    return {"outputs": outputs_of(inputs, h), "h": h[-1]}


def gradients(inputs: Arrays, _: Sizes) -> dict[str, Any]:
    """The gradients of sum(outputs * d_outputs) + sum(h * d_h)."""
    x = inputs["x"]
    return gradients_of(inputs, x, states(inputs, x), inputs["d_outputs"], inputs["d_h"])


def sgd(inputs: Arrays, sizes: Sizes) -> dict[str, Any]:
    """The weights along several steps; before the first ones they are loaded."""
    w: dict[str, Any] = {}
    seen: dict[str, list[Any]] = {name: [] for name in WEIGHTS}
    batches = len(inputs["x_steps"])
    for number in range(sizes["S"]):
        if number < sizes["L"]:
            w = {name: inputs[name + "_steps"][number] for name in WEIGHTS}
        x, y, g = (inputs[name][number % batches] for name in ("x_steps", "y_steps", "g_steps"))
        h = states(w, x)
        found = gradients_of(w, x, h, outputs_of(w, h) - y, h[-1] - g)
        w = {name: w[name] - LEARNING_RATE * found["d_" + name] for name in WEIGHTS}
        for name in WEIGHTS:
            seen[name].append(w[name])
    return seen


def float64(inputs: Arrays, _: Sizes) -> dict[str, Any]:
    """Outputs, state, gradients, and the weights after one step along them."""
    found = {**forward(inputs, _), **gradients(inputs, _)}
    stepped = {n: inputs[n] - LEARNING_RATE * found["d_" + n] for n in WEIGHTS}
    return {**found, **stepped, **renamed(forward(inputs, _), "after_double_")}


def conduct(inputs: Arrays, _: Sizes) -> dict[str, Any]:
    """What several calls of one model, and two models, are to give."""
    first, other = forward(inputs, _), forward({**inputs, "x": inputs["x_other"]}, _)
    seen = {**first, **renamed(other, "other_sizes_")}
    for prefix in ("repeated_", "after_other_sizes_", "without_grad_"):
        seen.update(renamed(first, prefix))

    likewise = {name: inputs[name + "_other"] for name in ("x", "d_outputs", "d_h")}
    one, two = gradients(inputs, _), gradients({**inputs, **likewise}, _)
    both = {f"d_{name}": one[f"d_{name}"] + two[f"d_{name}"] for name in WEIGHTS}
    seen.update(renamed({**both, "d_x": one["d_x"], "d_x_other": two["d_x"]}, "two_calls_"))

    second = {**inputs, **{name: inputs[name + "_2"] for name in WEIGHTS}}
    seen.update(renamed(forward(second, _), "after_loading_"))
    seen.update(renamed(forward({**second, "x": -second["x"]}, _), "other_content_"))
    for model, prefix in ((inputs, "first_of_two_"), (second, "second_of_two_")):
        seen.update(renamed({**forward(model, _), **gradients(model, _)}, prefix))
    return seen


def renamed(arrays: Arrays, prefix: str) -> dict[str, Any]:
    """The arrays under names that begin so."""
    return {prefix + name: value for name, value in arrays.items()}
