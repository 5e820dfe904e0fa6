"""How an entry is listed, and how a parameter that it leaves open is read off claims."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader.model import Case, Misconception, Parameter

if TYPE_CHECKING:
    from reference.simple_rnn import SimpleRNN as SimpleRNN  # noqa: PLC0414  # for types, and to hand on
else:
    SimpleRNN = object

FloatArray = NDArray[np.floating[Any]]
Solution = Any  # whatever has a SimpleRNN
Claims = Mapping[str, NDArray[Any]]
Estimate = Callable[[Solution, Case, Claims], Iterable[float]]

MATRICES = ("W_xh", "W_hh", "W_hy")
WEIGHTS = (*MATRICES, "b_h", "b_y")
LEARNING_RATE = 0.01
MISCONCEPTIONS: list[Misconception] = []


def wrong(
    identity: str, en: str, zh: str, parameter: Parameter | None = None
) -> Callable[[type], type]:
    """List the class as a misconception."""

    def listed(change: type) -> type:
        text = {"en": en, "zh": zh}
        MISCONCEPTIONS.append(Misconception(identity, text, {"SimpleRNN": change}, parameter))
        return change

    return listed


# How a parameter is read off claims.


def one_of(values: Iterable[float]) -> Estimate:
    """Candidates that do not depend on the claims."""
    known = tuple(values)
    return lambda _solution, _case, _claims: known


def loaded(solution: Solution, case: Case) -> Solution:
    """A model with the case's weights."""
    model = solution.SimpleRNN(*(case.sizes[n] for n in "IHO"))
    for name in WEIGHTS:
        setattr(model, name, case.inputs[name])
    return model


def one_step(
    solution: Solution, case: Case, claims: Claims
) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    """The gradients of one step as they should be, and as the claimed weights imply."""
    model = loaded(solution, case)
    model.forward(case.inputs["x"])
    claimed: dict[str, FloatArray] = {
        n: (case.inputs[n] - claims[n]) / LEARNING_RATE for n in WEIGHTS
    }
    expected: dict[str, FloatArray] = model.gradients(case.inputs["x"], case.inputs["y"])
    return expected, claimed


def two_steps(
    solution: Solution, case: Case, claims: Claims
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The claimed first and second update, and what the second should be after that first."""
    start, then = (
        {
            n: case.inputs[f"{n}_steps"][k] if k < case.sizes["L"] else claims[n][k - 1]
            for n in WEIGHTS
        }
        for k in range(2)
    )
    model = solution.SimpleRNN(*(case.sizes[n] for n in "IHO"))
    for name in WEIGHTS:
        setattr(model, name, then[name])
    x, y = (case.inputs[n][1 % case.sizes["N"]] for n in ("x_steps", "y_steps"))
    model.forward(x)
    gradients = model.gradients(x, y)
    first = flat({n: start[n] - claims[n][0] for n in WEIGHTS})
    second = flat({n: then[n] - claims[n][1] for n in WEIGHTS})
    return first, second, LEARNING_RATE * flat(gradients)


def flat(arrays: Mapping[str, FloatArray]) -> FloatArray:
    """All five arrays, one after the other."""
    return np.concatenate([arrays[n].ravel() for n in WEIGHTS])


def norm(array: FloatArray) -> float:
    """The root of the sum of squares."""
    return float(np.sqrt((array**2).sum()))


def ratio(actual: FloatArray, expected: FloatArray) -> float:
    """The factor that comes closest to turning expected into actual."""
    return float((actual * expected).sum() / (expected**2).sum())


def factor(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """How much larger the update of one step is than it should be."""
    expected, claimed = one_step(solution, case, claims)
    found = ratio(flat(claimed), flat(expected))
    return [found] if abs(found) > 1e-6 else []  # no update at all is another matter


def decay_of(name: str) -> Estimate:
    """How much of the weight itself was added to its gradient; the rest must be right."""

    def estimate(solution: Solution, case: Case, claims: Claims) -> list[float]:
        expected, claimed = one_step(solution, case, claims)
        return [ratio(claimed[name] - expected[name], case.inputs[name])]

    return estimate
