"""The gradients of the single weights."""

from collections.abc import Sequence

import numpy as np

from grader.model import Parameter

from .catalogue import WEIGHTS, FloatArray, SimpleRNN, one_of, wrong
from .through_time import WithoutTanh, lags


class BeforeStates(SimpleRNN):
    """dW_hh formed with other states than those before the steps."""

    def before(self, steps: int) -> Sequence[int]:
        raise NotImplementedError

    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        gradients = super().gradients(x, y)
        d_a = self.hidden_errors(self.output_errors(y))
        before = np.stack([self.h[i] for i in self.before(len(x))])
        gradients["W_hh"] = (d_a @ before.transpose(0, 2, 1)).sum(axis=0)
        return gradients


@wrong(
    "dwhh-current-state",
    "dW_hh is formed with the state of the same step. Ask what W_hh was multiplied by in the "
    "forward pass of that step.",
    "dW_hh 用的是同一步的状态。想一想这一步前向传播时 W_hh 乘的是什么。",
)
class CurrentInRecurrent(BeforeStates):
    def before(self, steps: int) -> Sequence[int]:
        return range(1, steps + 1)


@wrong(
    "dwhh-state-two-back",
    "dW_hh is formed with the state two steps back. Your list of states is shifted by one: check "
    "which index holds h_0.",
    "dW_hh 用的是两步之前的状态。状态列表错了一位：请检查 h_0 在哪个下标。",
)
class TwoBackInRecurrent(BeforeStates):
    def before(self, steps: int) -> Sequence[int]:
        return [max(0, t - 1) for t in range(steps)]


@wrong(
    "dwhh-state-index",
    "dW_hh is formed with h[t - 1] of a list that starts with h_0, so the state is two steps back, "
    "and at the first step it is the end of the list. Check which index holds h_0.",
    "dW_hh 用的是以 h_0 开头的列表中的 h[t - 1]：状态早了一步，在第一步又取到了列表末尾。请检查 "
    "h_0 的下标。",
)
class ShiftedInRecurrent(BeforeStates):
    def before(self, steps: int) -> Sequence[int]:
        return [t - 1 for t in range(steps)]


@wrong(
    "dwhh-last-state-first",
    "At the first step dW_hh takes the last hidden state: index -1 of a list is its end. Check "
    "what your list of states holds before the first step.",
    "第一步的 dW_hh 取到了最后一个隐藏状态：列表下标 -1 表示末尾。请检查第一步之前的状态存在哪里。",
)
class LastStateFirst(BeforeStates):
    def before(self, steps: int) -> Sequence[int]:
        return [-1, *range(1, steps)]


@wrong(
    "dwhh-one-step-short",
    "The sum for dW_hh leaves out the second time step, the first one that counts. Check the "
    "range of that sum.",
    "dW_hh 的求和漏掉了第二个时间步（第一个有贡献的步）。请检查求和范围。",
)
class RecurrentStartsLate(BeforeStates):
    def before(self, steps: int) -> Sequence[int]:
        return [t if t > 1 else 0 for t in range(steps)]


class Changed(SimpleRNN):
    """Gradients, changed afterwards; each change calls the next, so that two of them add up."""

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        pass

    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        gradients = super().gradients(x, y)
        self.change(gradients, self.output_errors(y))
        return gradients


@wrong(
    "dwhh-transposed",
    "The gradient of W_hh is transposed. Check the order of the two vectors in the outer product.",
    "W_hh 的梯度被转置了。请检查外积中两个向量的次序。",
)
class RecurrentTransposed(Changed):
    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        gradients["W_hh"] = gradients["W_hh"].T


@wrong(
    "dwhy-previous-state",
    "dW_hy is formed with the state before the step. Ask what W_hy was multiplied by in the "
    "forward pass of that step.",
    "dW_hy 用的是该步之前的状态。想一想这一步前向传播时 W_hy 乘的是什么。",
)
class PreviousInOutput(Changed):
    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        before = np.stack(self.h[:-1])
        gradients["W_hy"] = (d_out @ before.transpose(0, 2, 1)).sum(axis=0)


@wrong(
    "dwxh-input-of-the-loss",
    "In dW_xh the error that has flowed back to an earlier step is multiplied by the input of the "
    "step it came from. Check the index of x in the inner loop.",
    "dW_xh 中，传回较早步的误差乘的却是误差来源那一步的输入。请检查内层循环里 x 的下标。",
)
class InputOfTheLoss(SimpleRNN):
    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        gradients = super().gradients(x, y)
        d_out, total = self.output_errors(y), 0 * gradients["W_xh"]
        for lag, part in enumerate(lags(self, d_out, len(x))):
            total = total + (part[: len(x) - lag] * x[lag:, None, :]).sum(axis=0)
        gradients["W_xh"] = total
        return gradients


def unmoved(*names: str) -> type:
    """Some weights get no gradient."""

    class Unmoved(Changed):
        def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
            super().change(gradients, d_out)
            for name in names:
                gradients[name] = np.zeros_like(gradients[name])

    return Unmoved


wrong(
    "hidden-bias-not-updated",
    "b_h never changes. Look at the list of weights that you update.",
    "b_h 从不更新。请检查被更新的权重列表。",
)(unmoved("b_h"))


wrong(
    "output-bias-not-updated",
    "b_y never changes. Look at the list of weights that you update.",
    "b_y 从不更新。请检查被更新的权重列表。",
)(unmoved("b_y"))


wrong(
    "biases-not-updated",
    "Neither bias ever changes. Look at the list of weights that you update.",
    "两个偏置都从不更新。请检查被更新的权重列表。",
)(unmoved("b_h", "b_y"))


wrong(
    "whh-not-updated",
    "W_hh never changes. Look at its gradient and at the list of weights that you update.",
    "W_hh 从不更新。请检查它的梯度和被更新的权重列表。",
)(unmoved("W_hh"))


wrong(
    "wxh-not-updated",
    "W_xh never changes. Look at its gradient and at the list of weights that you update.",
    "W_xh 从不更新。请检查它的梯度和被更新的权重列表。",
)(unmoved("W_xh"))


wrong(
    "why-not-updated",
    "W_hy never changes. Look at its gradient and at the list of weights that you update.",
    "W_hy 从不更新。请检查它的梯度和被更新的权重列表。",
)(unmoved("W_hy"))


wrong(
    "nothing-updated",
    "backward leaves all five weights as they were. The update may go to copies or to local names "
    "and not to the attributes of the object.",
    "backward 没有改动任何权重。更新可能作用在了副本或局部变量上，而不是对象的属性上。",
)(unmoved(*WEIGHTS))


@wrong(
    "hidden-bias-before-tanh",
    "The gradient of b_h is summed before the tanh derivative. b_h is added inside tanh: follow "
    "the chain once more.",
    "b_h 的梯度是在乘 tanh 导数之前求和的。b_h 加在 tanh 里面，请重新推导链式法则。",
)
class HiddenBiasBeforeTanh(WithoutTanh):
    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        gradients = super().gradients(x, y)
        return {**gradients, "b_h": np.sum(self.d_h, axis=0)}


@wrong(
    "hidden-bias-own-error-only",
    "The gradient of b_h counts the error of each step at that step only; what flows back to "
    "earlier steps is left out. b_h is used at every step.",
    "b_h 的梯度只计入了每步自身的误差，漏掉了传回更早步的部分。b_h 在每一步都用到。",
)
class HiddenBiasOwnOnly(Changed):
    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        gradients["b_h"] = next(iter(lags(self, d_out, 0))).sum(axis=0)


@wrong(
    "hidden-bias-carried-gradient",
    "The gradient of b_h is the sum of what is handed to the step before, already multiplied by "
    "the recurrent weights. Look at which of your variables is added up for it.",
    "b_h 的梯度用成了传给前一步的梯度之和（已经乘过循环权重）。请检查为它累加的是哪个变量。",
)
class HiddenBiasCarried(Changed):
    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        d_a = self.hidden_errors(d_out)
        gradients["b_h"] = np.sum([self.W_hh.T @ d for d in d_a], axis=0)


@wrong(
    "hidden-bias-gradient-mean",
    "All hidden units get the same bias gradient, the mean over the units. Look at the axis of "
    "that sum or mean.",
    "所有隐藏单元的偏置梯度都是同一个数（各单元的平均值）。请检查求和或平均的 axis。",
    Parameter("reduced", "backward", "plain", one_of((0.0, 1.0))),
)
class HiddenBiasReduced(Changed):
    reduced = 0.0

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        total = gradients["b_h"].sum() if self.reduced else gradients["b_h"].mean()
        gradients["b_h"] = np.full_like(gradients["b_h"], total)


@wrong(
    "output-bias-one-step",
    "The gradient of b_y is that of a single time step: it is assigned where it should be summed "
    "over time.",
    "b_y 的梯度只是某一个时间步的：在应当对时间累加的地方做了赋值。",
    Parameter("one_step", "backward", "plain", one_of((0, -1))),
)
class OutputBiasOneStep(Changed):
    one_step = 0.0

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        gradients["b_y"] = d_out[int(self.one_step)]


@wrong(
    "hidden-bias-one-step",
    "The gradient of b_h is that of a single time step: it is assigned where it should be summed "
    "over time.",
    "b_h 的梯度只是某一个时间步的：在应当对时间累加的地方做了赋值。",
    Parameter("one_hidden_step", "backward", "plain", one_of((0, -1))),
)
class HiddenBiasOneStep(Changed):
    one_hidden_step = 0.0

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        gradients["b_h"] = self.hidden_errors(d_out)[int(self.one_hidden_step)]


@wrong(
    "bias-gradients-averaged",
    "The bias gradients are means over time while those of the matrices are sums. Look for mean "
    "where the biases are updated.",
    "偏置的梯度对时间取了平均，而矩阵的梯度是求和。请检查偏置更新处的 mean。",
)
class BiasesAveraged(Changed):
    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        for name in ("b_h", "b_y"):
            gradients[name] = gradients[name] / len(d_out)
