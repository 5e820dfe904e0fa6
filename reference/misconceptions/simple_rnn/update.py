"""The update."""

from collections.abc import Mapping

import numpy as np

from grader.model import Case, Parameter

from .catalogue import (
    LEARNING_RATE,
    MATRICES,
    WEIGHTS,
    Claims,
    FloatArray,
    SimpleRNN,
    Solution,
    decay_of,
    factor,
    flat,
    loaded,
    one_of,
    ratio,
    two_steps,
    wrong,
)
from .weights import Changed


class Scaled(SimpleRNN):
    """Every gradient times a constant."""

    scale = 2.0

    def output_errors(self, y: FloatArray) -> FloatArray:
        return super().output_errors(y) * self.scale


wrong(
    "update-scaled",
    "Every update is {value} times as large as it should be, whatever T and the sizes are. Look "
    "for a constant in the loss's derivative or in the update.",
    "无论 T 和各尺寸是多少，所有更新都是应有值的 {value} 倍。请检查损失导数或更新式中的常数。",
    Parameter(
        "scale",
        "backward",
        "plain",
        lambda solution, case, claims: [
            c for c in factor(solution, case, claims) if abs(c * c - 1) > 1e-6
        ],
    ),
)(Scaled)


@wrong(
    "update-sign",
    "Every update goes the wrong way: it climbs the loss. Check the sign of prediction minus "
    "target and of the update against each other.",
    "所有更新的方向都反了，损失在上升。请对照检查“预测减目标”的符号与更新式的符号。",
)
class Climbing(Scaled):
    scale = -1.0


@wrong(
    "hidden-error-sign",
    "The gradients of the hidden layer have the wrong sign while those of W_hy and b_y are right. "
    "Look at the error that is sent into the hidden layer.",
    "隐藏层的梯度符号相反，而 W_hy 和 b_y 的梯度是对的。请检查送入隐藏层的误差。",
)
class HiddenSign(SimpleRNN):
    def hidden_errors(self, d_out: FloatArray) -> FloatArray:
        return super().hidden_errors(-d_out)


@wrong(
    "matrices-updated-twice",
    "The three matrices are updated twice, the biases once. Look for a weight that appears in two "
    "places of the update.",
    "三个矩阵更新了两次，偏置只更新了一次。请检查是否有权重在更新代码里出现了两次。",
)
class MatricesTwice(Changed):
    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        for name in MATRICES:
            gradients[name] = 2 * gradients[name]


@wrong(
    "learning-rate-fixed",
    "The argument learning_rate is ignored: the step always uses {value}.",
    "参数 learning_rate 被忽略了，步长始终是 {value}。",
    Parameter(
        "fixed_rate",
        "backward",
        "plain",
        lambda solution, case, claims: [LEARNING_RATE * c for c in factor(solution, case, claims)],
    ),
)
class FixedRate(SimpleRNN):
    fixed_rate = LEARNING_RATE

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:  # noqa: ARG002
        super().backward(x, y, self.fixed_rate)


def rate_used(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The learning rate that the claims of one step with another rate imply, if it is lower."""
    model = loaded(solution, case)
    model.forward(case.inputs["x"])
    gradients = model.gradients(case.inputs["x"], case.inputs["y"])
    update = {n: case.inputs[n] - claims[f"rate_{n}"] for n in WEIGHTS}
    used = ratio(flat(update), flat(gradients))
    lowered = 1.5 * LEARNING_RATE < used < 0.999 * float(case.inputs["rate"])
    return [used] if lowered else []


@wrong(
    "learning-rate-capped",
    "A learning rate above {value} is lowered to {value}. The argument is to be used as it is.",
    "大于 {value} 的学习率被降到了 {value}。参数应当原样使用。",
    Parameter("most_rate", "conduct", "high_rate", rate_used),
)
class CappedRate(SimpleRNN):
    most_rate = 0.1

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        super().backward(x, y, min(learning_rate, self.most_rate))


@wrong(
    "learning-rate-small-is-zero",
    "A very small learning rate is taken for 0. The argument is to be used as it is.",
    "很小的学习率被当作 0。参数应当原样使用。",
)
class SmallRateIsZero(SimpleRNN):
    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        super().backward(x, y, learning_rate if learning_rate > 1e-6 else 0.0)


@wrong(
    "learning-rate-zero",
    "A learning rate of 0 is taken for a missing one. Zero is false in Python: look at how you "
    "test for a default.",
    "学习率 0 被当作“未给出”。0 在 Python 中为假，请检查默认值的判断方式。",
)
class ZeroRate(SimpleRNN):
    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        super().backward(x, y, learning_rate or LEARNING_RATE)


@wrong(
    "biases-fixed-rate",
    "The biases are updated with a fixed rate, only the matrices use learning_rate.",
    "偏置用固定的学习率更新，只有矩阵用了 learning_rate。",
)
class BiasesFixedRate(SimpleRNN):
    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        start = {n: getattr(self, n) for n in ("b_h", "b_y")}
        gradients = self.gradients(x, y)
        super().backward(x, y, learning_rate)
        for name, value in start.items():
            setattr(self, name, value - LEARNING_RATE * gradients[name])


class Counted(SimpleRNN):
    """A learning rate that depends on how many calls came before."""

    calls = 0

    def rate_factor(self) -> float:
        raise NotImplementedError

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        super().backward(x, y, learning_rate * self.rate_factor())
        self.calls += 1


def second_ratio(solution: Solution, case: Case, claims: Claims) -> float:
    """How much larger the second update is than it should be."""
    _, second, expected = two_steps(solution, case, claims)
    return ratio(second, expected)


@wrong(
    "learning-rate-decays",
    "The learning rate is multiplied by {value} with every call of backward. The statement's step "
    "uses the argument as it is.",
    "每次调用 backward 学习率都乘以 {value}。题面的更新直接使用参数给出的学习率。",
    Parameter("decay", "training", "plain", lambda *seen: [second_ratio(*seen)]),
)
class DecayingRate(Counted):
    decay = 0.9

    def rate_factor(self) -> float:
        return self.decay**self.calls


@wrong(
    "learning-rate-shrinks",
    "The learning rate is divided by 1 + {value} n in the n-th further call of backward. The "
    "statement's step uses the argument as it is.",
    "在之后第 n 次调用 backward 时学习率被除以 1 + {value} n。题面的更新直接使用参数给出的学习率。",
    Parameter("shrink", "training", "plain", lambda *seen: [1 / second_ratio(*seen) - 1]),
)
class ShrinkingRate(Counted):
    shrink = 1.0

    def rate_factor(self) -> float:
        return 1 / (1 + self.shrink * self.calls)


@wrong(
    "learning-rate-warms-up",
    "The first calls of backward use a smaller, growing learning rate (n/{value} of it in the "
    "n-th call). The statement's step uses the argument as it is.",
    "最初几次调用 backward 用了较小并逐渐增大的学习率（第 n 次为 n/{value}）。题面的更新直接使用"
    "参数给出的学习率。",
    Parameter(
        "calls_to_warm",
        "backward",
        "plain",
        lambda solution, case, claims: [
            round(1 / c) for c in factor(solution, case, claims) if 1e-4 < c < 0.6
        ],
    ),
)
class WarmingRate(Counted):
    calls_to_warm = 10.0

    def rate_factor(self) -> float:
        return min(1.0, (self.calls + 1) / self.calls_to_warm)


@wrong(
    "momentum",
    "The update has momentum {value}: a part of the last update is added to the next. The "
    "statement asks for plain gradient descent.",
    "更新带有系数为 {value} 的动量：上次更新的一部分加到了下一次。题面要求普通的梯度下降。",
    Parameter(
        "momentum",
        "training",
        "plain",
        lambda *seen: [c for c in momentum_of(*seen) if abs(c - 1) > 1e-6],
    ),
)
class Momentum(SimpleRNN):
    momentum = 0.9

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        start = {n: getattr(self, n) for n in WEIGHTS}
        super().backward(x, y, learning_rate)
        last = getattr(self, "velocity", dict.fromkeys(WEIGHTS, 0.0))
        self.velocity = {
            n: self.momentum * last[n] + (start[n] - getattr(self, n)) for n in WEIGHTS
        }
        self.apply(start)

    def apply(self, start: Mapping[str, FloatArray]) -> None:
        for name in WEIGHTS:
            setattr(self, name, start[name] - self.velocity[name])


def momentum_of(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """How much of the first update the second contains beyond what it should be."""
    first, second, expected = two_steps(solution, case, claims)
    return [ratio(second - expected, first)]


@wrong(
    "nesterov-momentum",
    "The update is Nesterov momentum with {value}. The statement asks for plain gradient descent.",
    "更新用的是系数为 {value} 的 Nesterov 动量。题面要求普通的梯度下降。",
    Parameter("nesterov", "backward", "plain", lambda *seen: [c - 1 for c in factor(*seen)]),
)
class Nesterov(SimpleRNN):
    nesterov = 0.9

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        start = {n: getattr(self, n) for n in WEIGHTS}
        super().backward(x, y, learning_rate)
        last = getattr(self, "look_ahead", dict.fromkeys(WEIGHTS, 0.0))
        step = {n: start[n] - getattr(self, n) for n in WEIGHTS}
        self.look_ahead = {n: self.nesterov * last[n] + step[n] for n in WEIGHTS}
        for name in WEIGHTS:
            change = self.nesterov * self.look_ahead[name] + step[name]
            setattr(self, name, start[name] - change)


@wrong(
    "gradient-averaged-over-calls",
    "The update uses a running average of the gradients of all calls (factor {value}). The "
    "statement asks for plain gradient descent.",
    "更新用了历次调用梯度的滑动平均（系数 {value}）。题面要求普通的梯度下降。",
    Parameter("average", "backward", "plain", lambda *seen: [1 - c for c in factor(*seen)]),
)
class AveragedGradients(SimpleRNN):
    average = 0.9

    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        last = getattr(self, "averages", dict.fromkeys(WEIGHTS, 0.0))
        fresh = super().gradients(x, y)
        self.averages = {n: self.average * last[n] + (1 - self.average) * fresh[n] for n in WEIGHTS}
        return self.averages


class Adaptive(SimpleRNN):
    """Gradients divided by the root of a running mean of their squares."""

    def adapted(self, name: str, gradient: FloatArray) -> FloatArray:
        raise NotImplementedError

    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        fresh = super().gradients(x, y)
        self.squares = getattr(self, "squares", dict.fromkeys(WEIGHTS, 0.0))
        return {n: self.adapted(n, fresh[n]) for n in WEIGHTS}


SMALL = (
    (1e-8, False),
    (1e-8, True),
    (1e-7, False),
    (1e-7, True),
    (1e-6, False),
    (1e-6, True),
    (1e-10, False),
)


def divided(gradient: FloatArray, squares: FloatArray | float, kind: float) -> FloatArray:
    """The gradient over the root of the squares; how division by zero is avoided is `kind`."""
    epsilon, inside = SMALL[int(kind)]
    return gradient / (np.sqrt(squares + epsilon) if inside else np.sqrt(squares) + epsilon)


@wrong(
    "update-adagrad",
    "The update is Adagrad: gradients are divided by the root of their summed squares. The "
    "statement asks for plain gradient descent.",
    "更新用的是 Adagrad：梯度除以了累积平方和的根。题面要求普通的梯度下降。",
    Parameter("adagrad_kind", "backward", "plain", one_of(range(len(SMALL)))),
)
class Adagrad(Adaptive):
    adagrad_kind = 0.0

    def adapted(self, name: str, gradient: FloatArray) -> FloatArray:
        self.squares[name] = self.squares[name] + gradient**2
        return divided(gradient, self.squares[name], self.adagrad_kind)


@wrong(
    "update-rmsprop",
    "The update is RMSprop: gradients are divided by the root of their mean square. The statement "
    "asks for plain gradient descent.",
    "更新用的是 RMSprop：梯度除以了均方根。题面要求普通的梯度下降。",
    Parameter("rmsprop_kind", "backward", "plain", one_of(range(2 * len(SMALL)))),
)
class Rmsprop(Adaptive):
    rmsprop_kind = 0.0

    def adapted(self, name: str, gradient: FloatArray) -> FloatArray:
        slow, kind = divmod(int(self.rmsprop_kind), len(SMALL))
        keep = 0.99 if slow else 0.9
        self.squares[name] = keep * self.squares[name] + (1 - keep) * gradient**2
        return divided(gradient, self.squares[name], kind)


@wrong(
    "update-adam",
    "The update is Adam. The statement asks for plain gradient descent.",
    "更新用的是 Adam。题面要求普通的梯度下降。",
    Parameter("adam_kind", "backward", "plain", one_of(range(len(SMALL)))),
)
class Adam(Adaptive):
    adam_kind = 0.0
    step = 0

    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        self.step += 1
        self.means = getattr(self, "means", dict.fromkeys(WEIGHTS, 0.0))
        return super().gradients(x, y)

    def adapted(self, name: str, gradient: FloatArray) -> FloatArray:
        self.means[name] = 0.9 * self.means[name] + 0.1 * gradient
        self.squares[name] = 0.999 * self.squares[name] + 0.001 * gradient**2
        mean = self.means[name] / (1 - 0.9**self.step)
        return divided(mean, self.squares[name] / (1 - 0.999**self.step), self.adam_kind)


@wrong(
    "weight-decay",
    "The weights also decay: {value} times each matrix is added to its gradient. The statement's "
    "loss has no such term.",
    "权重还有衰减：每个矩阵的梯度都加上了 {value} 倍的矩阵本身。题面的损失没有这一项。",
    Parameter("weight_decay", "backward", "plain", decay_of("W_xh")),
)
class WeightDecay(Changed):
    weight_decay = 1e-4

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        for name in MATRICES:
            gradients[name] = gradients[name] + self.weight_decay * getattr(self, name)


@wrong(
    "weight-decay-with-biases",
    "All five weights also decay: {value} times each is added to its gradient. The statement's "
    "loss has no such term.",
    "五个权重都有衰减：各自的梯度加上了 {value} 倍的自身。题面的损失没有这一项。",
    Parameter("full_decay", "backward", "plain", decay_of("b_h")),
)
class FullDecay(Changed):
    full_decay = 1e-4

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        for name in WEIGHTS:
            gradients[name] = gradients[name] + self.full_decay * getattr(self, name)
