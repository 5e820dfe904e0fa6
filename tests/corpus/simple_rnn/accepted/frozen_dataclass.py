# A frozen dataclass under postponed annotations: no attribute is ever rebound, the arrays change in place.
from __future__ import annotations

from dataclasses import InitVar, dataclass, field, fields
from typing import ClassVar, NamedTuple

import numpy as np


class Step(NamedTuple):
    x: np.ndarray
    before: np.ndarray
    h: np.ndarray
    out: np.ndarray


@dataclass(frozen=True, eq=False)
class SimpleRNN:
    input_size: InitVar[int]
    hidden_size: InitVar[int]
    output_size: InitVar[int]
    W_xh: np.ndarray = field(init=False)
    W_hh: np.ndarray = field(init=False)
    W_hy: np.ndarray = field(init=False)
    b_h: np.ndarray = field(init=False)
    b_y: np.ndarray = field(init=False)
    steps: list[Step] = field(init=False, default_factory=list, repr=False)
    SCALE: ClassVar[float] = 0.01

    def __post_init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        put = object.__setattr__
        put(self, "W_xh", np.random.randn(hidden_size, input_size) * self.SCALE)
        put(self, "W_hh", np.random.randn(hidden_size, hidden_size) * self.SCALE)
        put(self, "W_hy", np.random.randn(output_size, hidden_size) * self.SCALE)
        put(self, "b_h", np.zeros((hidden_size, 1)))
        put(self, "b_y", np.zeros((output_size, 1)))

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.steps.clear()
        h = np.zeros_like(self.b_h)
        for row in x:
            column = row[:, None]
            before, h = h, np.tanh(self.W_xh @ column + self.W_hh @ h + self.b_h)
            self.steps.append(Step(column, before, h, self.W_hy @ h + self.b_y))
        return np.array([s.out for s in self.steps])

    def backward(self, x: np.ndarray, y: np.ndarray, learning_rate: float) -> None:
        names = [f.name for f in fields(self) if f.name.startswith(("W_", "b_"))]
        total = {n: np.zeros_like(getattr(self, n)) for n in names}
        carry = np.zeros_like(self.b_h)
        for s, target in zip(reversed(self.steps), y[::-1]):
            e = s.out - target[:, None]
            da = (1 - s.h**2) * (self.W_hy.T @ e + carry)
            carry = self.W_hh.T @ da
            total["W_hy"] += e @ s.h.T
            total["b_y"] += e
            total["W_xh"] += da @ s.x.T
            total["W_hh"] += da @ s.before.T
            total["b_h"] += da
        for n in names:
            w = getattr(self, n)
            w -= learning_rate * total[n]
