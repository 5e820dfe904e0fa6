"""A tanh cell with softmax output over a batch of columns, and its gradients by hand.

    a_t = tanh(Wam x_t + Waa a_{t-1} + ba)
    y_t = softmax(Wya a_t + by)

n_x inputs, n_a hidden units, n_y outputs, m samples (columns), T time steps. Precision follows
the inputs: with long doubles everywhere, everything is computed in long double.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
Parameters = Mapping[str, FloatArray]  # Wam (n_a, n_x), Waa (n_a, n_a), Wya (n_y, n_a), ba, by
Gradients = dict[str, FloatArray]

ELEMENTARY = ("softmax", "tanh_slope")  # however it is written, its rounding counts as one


class Cache(NamedTuple):
    """What the backward pass of one step needs of its forward pass."""

    x_t: FloatArray  # (n_x, m)
    a_former: FloatArray  # (n_a, m)
    a_now: FloatArray  # (n_a, m)
    Wam: FloatArray  # (n_a, n_x)
    Waa: FloatArray  # (n_a, n_a)


def tanh_slope(value: FloatArray) -> FloatArray:
    """The derivative of tanh where it has that value."""
    return 1 - value**2


def softmax(a: FloatArray) -> FloatArray:
    """a (n, m) -> (n, m), positive, each column summing to 1.

    With its largest element at zero a column cannot overflow, and its sum is at least 1. A
    difference too large for its type is minus infinity, whose exponential is rightly zero.
    """
    powers = np.exp(a - a.max(axis=0))
    return powers / powers.sum(axis=0)


def rnn_Cell(
    x_t: FloatArray, a_former: FloatArray, parameters: Parameters
) -> tuple[FloatArray, FloatArray, Cache]:
    """One step: x_t (n_x, m), a_former (n_a, m) -> a_now (n_a, m), y_now (n_y, m), cache."""
    a_now = activation(pre_activation(x_t, a_former, parameters))
    y_now = output(a_now, parameters)
    return a_now, y_now, Cache(x_t, a_former, a_now, parameters["Wam"], parameters["Waa"])


def pre_activation(x_t: FloatArray, a_former: FloatArray, parameters: Parameters) -> FloatArray:
    """What goes into tanh, (n_a, m)."""
    return parameters["Wam"] @ x_t + recurrent(a_former, parameters) + parameters["ba"]


def recurrent(a_former: FloatArray, parameters: Parameters) -> FloatArray:
    """What a state adds to the next one's pre-activation, both (n_a, m)."""
    return parameters["Waa"] @ a_former


def activation(z: FloatArray) -> FloatArray:
    """The new state from what goes into it, both (n_a, m)."""
    return np.tanh(z)


def output(a_now: FloatArray, parameters: Parameters) -> FloatArray:
    """The output (n_y, m) of a state."""
    return softmax(scores(a_now, parameters))


def scores(a_now: FloatArray, parameters: Parameters) -> FloatArray:
    """What goes into softmax, (n_y, m)."""
    return parameters["Wya"] @ a_now + parameters["by"]


def RNN_forward(
    x: FloatArray, a0: FloatArray, parameters: Parameters
) -> tuple[list[Cache], FloatArray, FloatArray]:
    """All steps: x (n_x, m, T), a0 (n_a, m) -> caches, a (n_a, m, T), y (n_y, m, T)."""
    a_t, caches, a, y = a0, [], [], []
    for t in range(x.shape[2]):
        a_t, y_t, cache = rnn_Cell(x[:, :, t], a_t, parameters)
        caches.append(cache)
        a.append(a_t)
        y.append(y_t)
    return caches, np.stack(a, axis=2), np.stack(y, axis=2)


def rnn_cell_backward(d_next: FloatArray, cache: Cache) -> Gradients:
    """d_next (n_a, m) = dL/da_now -> dL/d everything that a_now was computed from."""
    d_z = through_tanh(d_next, cache)  # (n_a, m)
    return {
        "dx_t": d_x_t(d_z, cache),
        "da_former": d_a_former(d_z, cache),
        "dWam": d_Wam(d_z, cache),
        "dWaa": d_Waa(d_z, cache),
        "dba": d_ba(d_z),
    }


def through_tanh(d_now: FloatArray, cache: Cache) -> FloatArray:
    """The gradient before tanh from the one after it, both (n_a, m)."""
    return tanh_slope(cache.a_now) * d_now


def d_x_t(d_z: FloatArray, cache: Cache) -> FloatArray:
    """The gradient of the input, (n_x, m), from the one before tanh."""
    return cache.Wam.T @ d_z


def d_a_former(d_z: FloatArray, cache: Cache) -> FloatArray:
    """The gradient of the former state, (n_a, m)."""
    return cache.Waa.T @ d_z


def d_Wam(d_z: FloatArray, cache: Cache) -> FloatArray:
    """The gradient of Wam; the product sums over the batch, as a weight serves every column."""
    return d_z @ cache.x_t.T


def d_Waa(d_z: FloatArray, cache: Cache) -> FloatArray:
    """The gradient of Waa, summed over the batch."""
    return d_z @ cache.a_former.T


def d_ba(d_z: FloatArray) -> FloatArray:
    """The gradient of ba, (n_a, 1), summed over the batch."""
    return d_z.sum(axis=1, keepdims=True)


def RNN_backward(da: FloatArray, caches: Sequence[Cache]) -> Gradients:
    """da (n_a, m, T), the loss's own gradient at each a_t -> gradients of the whole sequence."""
    from_next = np.zeros_like(da[:, :, 0])  # (n_a, m); after the last step: nothing
    steps: list[Gradients] = []
    for t in reversed(range(len(caches))):
        d_now = reaching(da, t, from_next)
        steps.insert(0, rnn_cell_backward(d_now, caches[t]))
        from_next = carried(d_now, steps[0], caches[t])
    return over_time(steps, from_next)


def reaching(da: FloatArray, t: int, from_next: FloatArray) -> FloatArray:
    """dL/da_t (n_a, m): the loss reaches a_t directly and through a_{t+1}, and the two add up."""
    return da[:, :, t] + from_next


def carried(_: FloatArray, step: Gradients, __: Cache) -> FloatArray:
    """What a step hands to the one before it, (n_a, m), from dL/da_t, its gradients and cache."""
    return step["da_former"]


def over_time(steps: Sequence[Gradients], da0: FloatArray) -> Gradients:
    """The gradients of the whole sequence from those of its steps."""
    dx = np.stack([step["dx_t"] for step in steps], axis=2)
    return {"dx": dx, "da0": da0, **{name: total(steps, name) for name in ("dWam", "dWaa", "dba")}}


def total(steps: Sequence[Gradients], name: str) -> FloatArray:
    """The gradient of a weight, which every step adds to."""
    return np.stack([step[name] for step in steps]).sum(axis=0)
