"""The order of updates."""

import numpy as np

from grader.model import Parameter

from .catalogue import WEIGHTS, FloatArray, SimpleRNN, one_of, wrong


class UpdatedFirst(SimpleRNN):
    """One weight is updated before the gradients of the others are computed."""

    first = "W_hy"

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        step = learning_rate * self.gradients(x, y)[self.first]
        setattr(self, self.first, getattr(self, self.first) - step)
        done = getattr(self, self.first)
        super().backward(x, y, learning_rate)
        setattr(self, self.first, done)


@wrong(
    "updated-why-used",
    "W_hy is updated first and the hidden gradient is computed with the new W_hy. All gradients "
    "belong to the weights before the step.",
    "先更新了 W_hy，隐藏梯度用的是新的 W_hy。所有梯度都应对应更新之前的权重。",
)
class OutputUpdatedFirst(UpdatedFirst):
    first = "W_hy"


@wrong(
    "updated-whh-used",
    "W_hh is updated first and the hidden gradient is computed with the new W_hh. All gradients "
    "belong to the weights before the step.",
    "先更新了 W_hh，隐藏梯度用的是新的 W_hh。所有梯度都应对应更新之前的权重。",
)
class RecurrentUpdatedFirst(UpdatedFirst):
    first = "W_hh"


@wrong(
    "update-inside-loop",
    "The weights are updated inside the loop over time, so earlier steps see changed weights. "
    "Look at where the update stands and how far it is indented.",
    "权重在时间循环内部就更新了，较早的步看到的是已改动的权重。请检查更新语句的位置和缩进。",
    Parameter("carried_after", "backward", "plain", one_of((0.0, 1.0))),
)
class UpdatedInLoop(SimpleRNN):
    carried_after = 0.0

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        d_out = self.output_errors(y)
        from_next = np.zeros_like(self.h[0])
        for t in reversed(range(len(x))):
            d_a = self.through_tanh(self.W_hy.T @ d_out[t] + from_next, t)
            from_next = self.carry(d_a)
            steps = (d_a * x[t], d_a @ self.h[t].T, d_out[t] @ self.h[t + 1].T, d_a, d_out[t])
            for name, step in zip(WEIGHTS, steps, strict=True):
                setattr(self, name, getattr(self, name) - learning_rate * step)
            if self.carried_after:
                from_next = self.carry(d_a)
