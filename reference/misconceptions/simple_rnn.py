"""Ways to get simple_rnn wrong: the reference with one thing changed, and what to tell.

Each class is laid over the reference's SimpleRNN, and two of them over each other, so a class
overrides as little as it can and calls super() where it adds something. A parameter that is left
open is estimated from what a submission returned. A message names the mathematics and where to
look; it never gives the answer away.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader.model import Case, Misconception, Parameter

if TYPE_CHECKING:
    from reference.simple_rnn import SimpleRNN  # for the types only
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
    model = loaded(solution, case)
    for name in WEIGHTS:
        setattr(model, name, claims[name][0])
    x, y = (case.inputs[n][1 % case.sizes["N"]] for n in ("x_steps", "y_steps"))
    model.forward(x)
    gradients = model.gradients(x, y)
    first = flat({n: case.inputs[n] - claims[n][0] for n in WEIGHTS})
    second = flat({n: claims[n][0] - claims[n][1] for n in WEIGHTS})
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


# Initial weights.


class Redrawn(SimpleRNN):
    """Draws the weights once more, from the same random numbers."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        state = np.random.get_state()
        super().__init__(input_size, hidden_size, output_size)
        np.random.set_state(state)
        self.redraw()

    def redraw(self) -> None:
        for name in MATRICES:
            setattr(self, name, np.random.randn(*getattr(self, name).shape) * 0.01)


ORDERS = list(itertools.permutations(MATRICES))


@wrong(
    "initial-order",
    "The initial weights are the right numbers drawn in another order. Compare the order in which "
    "your constructor calls the random generator with the order in the statement.",
    "初始权重的数值正确，但抽取顺序不同。请对照题面给出的顺序检查构造函数中随机数的调用次序。",
    Parameter("order", "initialisation", "plain", one_of(range(1, 6))),
)
class OtherOrder(Redrawn):
    order = 1.0

    def redraw(self) -> None:
        for name in ORDERS[int(self.order)]:
            setattr(self, name, np.random.randn(*getattr(self, name).shape) * 0.01)


@wrong(
    "initial-scale",
    "The initial weights are {value} times standard normal numbers. The statement asks for "
    "another scale.",
    "初始权重等于标准正态随机数乘以 {value}，与题面要求的尺度不同。",
    Parameter(
        "initial_scale",
        "initialisation",
        "plain",
        lambda solution, case, claims: [0.01 * ratio(claims["W_xh"], drawn(solution, case).W_xh)],
    ),
)
class OtherScale(Redrawn):
    initial_scale = 1.0

    def redraw(self) -> None:
        for name in MATRICES:
            shape = getattr(self, name).shape
            setattr(self, name, np.random.randn(*shape) * self.initial_scale)


def drawn(solution: Solution, case: Case) -> Solution:
    """A new model, drawn after the case's seed."""
    np.random.seed(case.seed)
    return solution.SimpleRNN(*(case.sizes[n] for n in "IHO"))


@wrong(
    "initial-scale-by-size",
    "The initial weights are scaled by the number of incoming connections (Xavier). The "
    "statement asks for one fixed scale.",
    "初始权重按输入连接数缩放（Xavier 初始化），而题面要求固定的尺度。",
    Parameter("gain", "initialisation", "plain", one_of((1.0, 2.0))),
)
class ScaledBySize(Redrawn):
    gain = 1.0

    def redraw(self) -> None:
        for name in MATRICES:
            shape = getattr(self, name).shape
            setattr(self, name, np.random.randn(*shape) * np.sqrt(self.gain / shape[1]))


UNIFORM = ((0.0, 0.01), (-0.01, 0.01), (0.0, 1.0), (-1.0, 1.0), (-0.005, 0.005), (-0.1, 0.1))


@wrong(
    "initial-uniform",
    "The initial weights come from a uniform distribution. The statement names another one: "
    "check which function of numpy.random you call.",
    "初始权重取自均匀分布。题面要求的是另一种分布：请检查调用了 numpy.random 的哪个函数。",
    Parameter("ends", "initialisation", "plain", one_of(range(len(UNIFORM)))),
)
class Uniform(Redrawn):
    ends = 0.0

    def redraw(self) -> None:
        low, high = UNIFORM[int(self.ends)]
        for name in MATRICES:
            shape = getattr(self, name).shape
            setattr(self, name, low + (high - low) * np.random.random_sample(shape))


@wrong(
    "initial-transposed",
    "Each initial matrix holds the right numbers, but drawn in the transposed shape. Check the "
    "shapes you pass to the random generator.",
    "每个初始矩阵的随机数是按转置后的形状抽取的。请检查传给随机数函数的形状。",
)
class DrawnTransposed(Redrawn):
    def redraw(self) -> None:
        for name in MATRICES:
            rows, columns = getattr(self, name).shape
            setattr(self, name, np.random.randn(columns, rows).T * 0.01)


@wrong(
    "initial-own-seed",
    "The initial weights do not follow the seed that was set before: the constructor (or the "
    "module) seeds numpy.random itself, with {value}.",
    "初始权重没有跟随外部设定的种子：构造函数（或模块）自己把种子设成了 {value}。",
    Parameter(
        "own_seed",
        "initialisation",
        "plain",
        one_of((0, 1, 2, 3, 7, 10, 42, 100, 123, 1234, 2023, 2024, 2025)),
    ),
)
class OwnSeed(Redrawn):
    own_seed = 0.0

    def redraw(self) -> None:
        np.random.seed(int(self.own_seed))
        super().redraw()


@wrong(
    "initial-zero",
    "The weight matrices start at zero. Then every hidden unit gets the same gradient and they "
    "never become different; see the statement for the initial values.",
    "权重矩阵的初始值为零，所有隐藏单元的梯度相同、永远无法区分；请看题面对初始值的要求。",
)
class ZeroWeights(Redrawn):
    def redraw(self) -> None:
        for name in MATRICES:
            setattr(self, name, np.zeros_like(getattr(self, name)))


@wrong(
    "initial-bias-random",
    "The biases start at random numbers as the matrices do. See the statement for what they "
    "start from.",
    "偏置也像矩阵一样随机初始化了。请看题面对偏置初始值的要求。",
    Parameter(
        "bias_scale",
        "initialisation",
        "plain",
        lambda _solution, case, claims: [bias_scale(case, claims)],
    ),
)
class RandomBiases(Redrawn):
    bias_scale = 0.01

    def redraw(self) -> None:
        super().redraw()
        self.b_h = np.random.randn(*self.b_h.shape) * self.bias_scale
        self.b_y = np.random.randn(*self.b_y.shape) * self.bias_scale


def bias_scale(case: Case, claims: Claims) -> float:
    """The factor of b_h, had it been drawn right after the matrices."""
    np.random.seed(case.seed)
    np.random.randn(sum(claims[n].size for n in MATRICES))
    return ratio(claims["b_h"], np.random.randn(*claims["b_h"].shape))


@wrong(
    "initial-bias-constant",
    "The biases start at {value}. See the statement for what they start from.",
    "偏置的初始值是 {value}。请看题面对偏置初始值的要求。",
    Parameter(
        "bias_start",
        "initialisation",
        "plain",
        lambda _solution, _case, claims: [float(claims["b_h"].flat[0])],
    ),
)
class ConstantBiases(Redrawn):
    bias_start = 1.0

    def redraw(self) -> None:
        super().redraw()
        self.b_h = np.full_like(self.b_h, self.bias_start)
        self.b_y = np.full_like(self.b_y, self.bias_start)


@wrong(
    "bias-shape",
    "A bias is not a column: its shape lacks an axis or has its axes swapped, which broadcasts "
    "silently in later sums. Compare the shapes with those in the statement.",
    "某个偏置不是列向量：形状缺一维或两维颠倒，在之后的加法中会悄悄广播。请与题面的形状对照。",
    Parameter("shape_kind", "initialisation", "plain", one_of(range(6))),
)
class FlatBiases(Redrawn):
    shape_kind = 0.0

    def redraw(self) -> None:
        super().redraw()
        which, row = divmod(int(self.shape_kind), 2)
        for name in (("b_h",), ("b_y",), ("b_h", "b_y"))[which]:
            size = getattr(self, name).size
            setattr(self, name, np.zeros((1, size) if row else size))


# Forward.


@wrong(
    "recurrence-transposed",
    "In the forward pass W_hh is used transposed: unit i receives from unit j with the weight of "
    "the opposite direction. Look at the recurrent product, row vectors and column vectors.",
    "前向传播中 W_hh 被转置使用：单元 i 从 j 接收的是反方向的权重。请检查循环项的乘法（行向量还是"
    "列向量）。",
)
class RecurrenceTransposed(SimpleRNN):
    def pre_activation(self, x_t: FloatArray, h: FloatArray) -> FloatArray:
        return self.W_xh @ x_t + self.W_hh.T @ h + self.b_h


@wrong(
    "recurrence-missing",
    "The previous hidden state does not enter the next one: each step is a network of its own. "
    "Look at which state the recurrent product is given.",
    "前一时刻的隐藏状态没有进入下一时刻，每一步都成了独立的网络。请检查循环项用的是哪个状态。",
)
class NoRecurrence(SimpleRNN):
    def pre_activation(self, x_t: FloatArray, h: FloatArray) -> FloatArray:
        return super().pre_activation(x_t, np.zeros_like(h))


@wrong(
    "recurrence-elementwise",
    "Each hidden unit is fed back to itself only, as if W_hh were its diagonal. Look at the "
    "recurrent product: it should mix the units.",
    "每个隐藏单元只反馈给自己，好像 W_hh 只剩对角线。请检查循环项：它应当混合各个单元。",
)
class DiagonalRecurrence(SimpleRNN):
    def pre_activation(self, x_t: FloatArray, h: FloatArray) -> FloatArray:
        return self.W_xh @ x_t + np.diag(self.W_hh)[:, None] * h + self.b_h


@wrong(
    "recurrence-outside-tanh",
    "The recurrent term is added after tanh, not before it. Look at what is inside the activation.",
    "循环项加在了 tanh 的外面。请检查激活函数括号内包含哪些项。",
)
class RecurrenceOutside(SimpleRNN):
    def forward(self, x: FloatArray) -> FloatArray:
        self.h = [self.first_state(x)]
        for x_t in x[:, :, None]:
            inside = self.activation(self.W_xh @ x_t + self.b_h)
            self.h.append(inside + self.W_hh @ self.h[-1])
        self.outputs = np.stack([self.output(h_t) for h_t in self.h[1:]])
        return self.outputs


@wrong(
    "hidden-bias-unused",
    "b_h has no influence on the outputs. Look at the sum inside tanh.",
    "b_h 对输出没有任何影响。请检查 tanh 内的求和。",
)
class HiddenBiasUnused(SimpleRNN):
    def pre_activation(self, x_t: FloatArray, h: FloatArray) -> FloatArray:
        return self.W_xh @ x_t + self.W_hh @ h


@wrong(
    "output-bias-unused",
    "b_y has no influence on the outputs. Look at the line that forms y_t.",
    "b_y 对输出没有任何影响。请检查计算 y_t 的那一行。",
)
class OutputBiasUnused(SimpleRNN):
    def output(self, h_t: FloatArray) -> FloatArray:
        return self.W_hy @ h_t


@wrong(
    "hidden-bias-outside-tanh",
    "b_h is added to the hidden state after tanh. Look at what is inside the activation.",
    "b_h 加在了 tanh 之后。请检查激活函数括号内包含哪些项。",
)
class HiddenBiasOutside(SimpleRNN):
    def pre_activation(self, x_t: FloatArray, h: FloatArray) -> FloatArray:
        return self.W_xh @ x_t + self.W_hh @ h

    def activation(self, a: FloatArray) -> FloatArray:
        return super().activation(a) + self.b_h


@wrong(
    "hidden-bias-broadcast",
    "All hidden units use one number as their bias, the first of b_h: a column and a flat vector "
    "were added and broadcast to a matrix. Print the shapes in that sum.",
    "所有隐藏单元都用了 b_h 的第一个数：列向量与一维向量相加时广播成了矩阵。请打印该求和中各项的"
    "形状。",
)
class FirstHiddenBias(SimpleRNN):
    def pre_activation(self, x_t: FloatArray, h: FloatArray) -> FloatArray:
        return self.W_xh @ x_t + self.W_hh @ h + self.b_h[0]


@wrong(
    "hidden-bias-mean",
    "All hidden units use the mean of b_h as their bias. Look at how b_h is reduced before it is "
    "added.",
    "所有隐藏单元都用 b_h 的平均值作偏置。请检查 b_h 在相加之前是否被归约。",
)
class MeanHiddenBias(SimpleRNN):
    def pre_activation(self, x_t: FloatArray, h: FloatArray) -> FloatArray:
        return self.W_xh @ x_t + self.W_hh @ h + self.b_h.mean()


@wrong(
    "output-bias-broadcast",
    "All outputs use one number as their bias, the first of b_y. Look at the shapes in the line "
    "that forms y_t.",
    "所有输出都用了 b_y 的第一个数。请检查计算 y_t 时各项的形状。",
)
class FirstOutputBias(SimpleRNN):
    def output(self, h_t: FloatArray) -> FloatArray:
        return self.W_hy @ h_t + self.b_y[0]


@wrong(
    "hidden-bias-accumulates",
    "forward changes b_h: the products are added into the bias itself, so it grows with every "
    "step. Look for += on an array that is the weight and not a copy.",
    "forward 改动了 b_h：乘积被直接累加进偏置，每一步都在变大。请查找对权重本身（而非副本）的 +=。",
)
class BiasAccumulates(SimpleRNN):
    def pre_activation(self, x_t: FloatArray, h: FloatArray) -> FloatArray:
        self.b_h = super().pre_activation(x_t, h)
        return self.b_h


class Activated(SimpleRNN):
    """Another activation, and its own derivative."""

    def slope(self, h: FloatArray) -> FloatArray:
        raise NotImplementedError

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return self.slope(self.h[t + 1]) * d_h


def logistic(a: FloatArray) -> FloatArray:
    """The logistic function."""
    return 0.5 * (1 + np.tanh(0.5 * a))


@wrong(
    "hidden-sigmoid",
    "The hidden activation is the logistic function. The statement asks for another one.",
    "隐藏层的激活函数是 sigmoid，而题面要求的是另一种。",
)
class Sigmoid(Activated):
    def activation(self, a: FloatArray) -> FloatArray:
        return logistic(a)

    def slope(self, h: FloatArray) -> FloatArray:
        return h * (1 - h)


@wrong(
    "hidden-relu",
    "The hidden activation is ReLU. The statement asks for another one.",
    "隐藏层的激活函数是 ReLU，而题面要求的是另一种。",
)
class Relu(Activated):
    def activation(self, a: FloatArray) -> FloatArray:
        return np.maximum(a, 0)

    def slope(self, h: FloatArray) -> FloatArray:
        return np.where(h > 0, 1.0, 0.0)


@wrong(
    "hidden-linear",
    "The hidden layer has no activation: the recurrence is linear.",
    "隐藏层没有激活函数，递推是线性的。",
)
class NoActivation(Activated):
    def activation(self, a: FloatArray) -> FloatArray:
        return a

    def slope(self, h: FloatArray) -> FloatArray:
        return np.ones_like(h)


@wrong(
    "tanh-input-clipped",
    "What goes into tanh is clipped to [-{value}, {value}]. NumPy's tanh takes any finite "
    "number; look for a clip in the forward pass.",
    "tanh 的输入被截断到 [-{value}, {value}]。NumPy 的 tanh 可以接受任何有限数；请查找前向传播中"
    "的截断。",
    Parameter("clip_input", "forward", "middling_inputs", one_of((1, 2, 3, 4, 5, 6, 7, 8, 10, 12))),
)
class ClippedInput(SimpleRNN):
    clip_input = 5.0

    def activation(self, a: FloatArray) -> FloatArray:
        return super().activation(np.clip(a, -self.clip_input, self.clip_input))


@wrong(
    "tanh-overflow",
    "tanh is written with exp, which overflows for large arguments and gives nan. NumPy has a "
    "tanh that takes any finite number.",
    "tanh 是用 exp 手写的，参数较大时溢出并得到 nan。NumPy 自带的 tanh 可以接受任何有限数。",
    Parameter("one_sided", "forward", "large_inputs", one_of((0.0, 1.0))),
)
class OverflowingTanh(SimpleRNN):
    one_sided = 0.0

    def activation(self, a: FloatArray) -> FloatArray:
        too_large = a > 354.9 if self.one_sided else np.abs(a) > 709.8
        return np.where(too_large, np.nan, super().activation(a))


@wrong(
    "output-tanh",
    "The outputs go through tanh. Look at the statement's formula for y_t.",
    "输出经过了 tanh。请看题面中 y_t 的公式。",
)
class TanhOutput(SimpleRNN):
    def output(self, h_t: FloatArray) -> FloatArray:
        return np.tanh(super().output(h_t))


@wrong(
    "output-sigmoid",
    "The outputs go through the logistic function. Look at the statement's formula for y_t.",
    "输出经过了 sigmoid。请看题面中 y_t 的公式。",
)
class SigmoidOutput(SimpleRNN):
    def output(self, h_t: FloatArray) -> FloatArray:
        return logistic(super().output(h_t))


@wrong(
    "output-relu",
    "The outputs go through ReLU: they are never negative. Look at the statement's formula for "
    "y_t.",
    "输出经过了 ReLU，因此从不为负。请看题面中 y_t 的公式。",
)
class ReluOutput(SimpleRNN):
    def output(self, h_t: FloatArray) -> FloatArray:
        return np.maximum(super().output(h_t), 0)


@wrong(
    "output-softmax",
    "The outputs go through a softmax: they sum to 1. Look at the statement's formula for y_t.",
    "输出经过了 softmax，其和为 1。请看题面中 y_t 的公式。",
)
class SoftmaxOutput(SimpleRNN):
    def output(self, h_t: FloatArray) -> FloatArray:
        y_t = super().output(h_t)
        powers = np.exp(y_t - y_t.max())
        return powers / powers.sum()


@wrong(
    "time-reversed",
    "The sequence is fed from its end to its beginning; the outputs are in the right order. Look "
    "at the direction of the loop over x.",
    "序列是从末尾向开头输入的（输出的次序正确）。请检查对 x 循环的方向。",
)
class TimeReversed(SimpleRNN):
    def forward(self, x: FloatArray) -> FloatArray:
        return super().forward(x[::-1])[::-1]


@wrong(
    "outputs-reversed",
    "The outputs are returned from the last step to the first. Look at the order in which they "
    "are collected.",
    "输出按从最后一步到第一步的次序返回。请检查收集输出的次序。",
)
class OutputsReversed(SimpleRNN):
    def forward(self, x: FloatArray) -> FloatArray:
        return super().forward(x)[::-1]


@wrong(
    "inputs-reversed",
    "The sequence is fed from its end to its beginning, and the outputs come in that order. Look "
    "at the direction of the loop over x.",
    "序列是从末尾向开头输入的，输出也是这个次序。请检查对 x 循环的方向。",
)
class InputsReversed(SimpleRNN):
    def forward(self, x: FloatArray) -> FloatArray:
        return super().forward(x[::-1])


@wrong(
    "initial-state-ones",
    "The hidden state before the first step is a vector of ones. See the statement for h_0.",
    "第一步之前的隐藏状态是全 1 向量。请看题面对 h_0 的规定。",
)
class StateOfOnes(SimpleRNN):
    def first_state(self, x: FloatArray) -> FloatArray:
        return np.ones_like(super().first_state(x))


@wrong(
    "output-of-previous-state",
    "The output of each step is computed from the hidden state before that step. Look at when "
    "the new state becomes the current one.",
    "每一步的输出用的是该步之前的隐藏状态。请检查新状态是在何时成为当前状态的。",
)
class PreviousStateOutput(SimpleRNN):
    def forward(self, x: FloatArray) -> FloatArray:
        super().forward(x)
        self.outputs = np.stack([self.output(h_t) for h_t in self.h[:-1]])
        return self.outputs


@wrong(
    "first-step-skipped-forward",
    "The first time step is not computed: its input is ignored and its state stays zero. Look at "
    "where the loop over time starts and which index holds h_0.",
    "第一个时间步没有计算：输入被忽略，状态保持为零。请检查时间循环的起点和 h_0 所在的下标。",
)
class FirstStepSkipped(SimpleRNN):
    def forward(self, x: FloatArray) -> FloatArray:
        self.h = [self.first_state(x), self.first_state(x)]
        for x_t in x[1:, :, None]:
            self.h.append(self.activation(self.pre_activation(x_t, self.h[-1])))
        self.outputs = np.stack([self.output(h_t) for h_t in self.h[1:]])
        return self.outputs


@wrong(
    "last-step-repeats",
    "The last time step is not computed: its output repeats the one before. Look at where the "
    "loop over time ends.",
    "最后一个时间步没有计算，其输出重复了前一步。请检查时间循环的终点。",
)
class LastStepRepeats(SimpleRNN):
    def forward(self, x: FloatArray) -> FloatArray:
        outputs = super().forward(x)
        if len(x) > 1:
            outputs[-1] = outputs[-2]
        return outputs


@wrong(
    "outputs-all-the-last",
    "All outputs are those of the last step: one array was overwritten and stored T times. Look "
    "for a buffer that is changed in place after it was appended.",
    "所有输出都等于最后一步的输出：同一个数组被覆盖并存了 T 次。请查找加入列表后又被原地修改的缓"
    "冲区。",
)
class OneOutputBuffer(SimpleRNN):
    def forward(self, x: FloatArray) -> FloatArray:
        outputs = super().forward(x)
        return np.broadcast_to(outputs[-1], outputs.shape)


@wrong(
    "inputs-standardised",
    "Each input feature is standardised over time before use. The statement feeds x as it is.",
    "每个输入特征在使用前按时间做了标准化。题面是直接使用 x 的。",
    Parameter("added", "forward", "plain", one_of((0.0, 1e-8))),
)
class StandardisedInputs(SimpleRNN):
    added = 0.0

    def forward(self, x: FloatArray) -> FloatArray:
        return super().forward((x - x.mean(axis=0)) / (x.std(axis=0) + self.added))


@wrong(
    "inputs-normalised",
    "Input vectors are divided by their length. The statement feeds x as it is.",
    "输入向量被除以了自己的长度。题面是直接使用 x 的。",
    Parameter("least_length", "forward", "plain", one_of((0.0, 1.0))),
)
class NormalisedInputs(SimpleRNN):
    least_length = 0.0

    def forward(self, x: FloatArray) -> FloatArray:
        length = np.sqrt((x**2).sum(axis=1, keepdims=True))
        return super().forward(x / np.maximum(length, self.least_length))


@wrong(
    "weights-copied-early",
    "forward does not use the weights as they are now but copies made in the constructor. "
    "Whatever changes a weight later, an update included, has no effect on the outputs.",
    "forward 用的不是当前的权重，而是构造函数中留下的副本；之后对权重的任何修改（包括更新）"
    "都不影响输出。",
    Parameter("which", "forward", "plain", one_of(w for w in range(1, 32) if w & 7)),
)
class CopiedWeights(SimpleRNN):
    which = 1.0

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__(input_size, hidden_size, output_size)
        names = [n for bit, n in enumerate(WEIGHTS) if int(self.which) >> bit & 1]
        self.early = {n: getattr(self, n).copy() for n in names}

    def forward(self, x: FloatArray) -> FloatArray:
        now = {n: getattr(self, n) for n in self.early}
        vars(self).update(self.early)
        outputs = super().forward(x)
        vars(self).update(now)
        return outputs


# What flows back through time.


@wrong(
    "nothing-carried-back",
    "The hidden gradient of step t+1 never reaches step t: each state sees the error of its own "
    "output only. Look at what your backward loop hands from one pass to the next.",
    "第 t+1 步的隐藏梯度没有传回第 t 步：每个状态只看到自己输出的误差。请检查反向循环在两次迭代之"
    "间传递了什么。",
)
class NothingCarried(SimpleRNN):
    def carry(self, d_a: FloatArray) -> FloatArray:
        return np.zeros_like(d_a)


def lags(model: Solution, d_out: FloatArray, most: int) -> Iterable[FloatArray]:
    """How the error of every step acts on dL/da 0, 1, ... `most` steps before it, (T, H, 1).

    Entry t of the k-th array belongs to step t and comes from the error of step t + k.
    """
    slope = 1 - np.stack(model.h)[1:] ** 2
    part = slope * (model.W_hy.T @ d_out)
    for _ in range(min(most, len(d_out) - 1) + 1):
        yield part
        part = np.concatenate([slope[:-1] * (model.W_hh.T @ part[1:]), np.zeros_like(part[:1])])


def errors_by_lag(solution: Solution, case: Case) -> tuple[FloatArray, FloatArray]:
    """All lags (T, T, H), and the hidden bias's gradient without any, for an estimate."""
    model = loaded(solution, case)
    model.forward(case.inputs["x"])
    d_out = model.output_errors(case.inputs["y"])
    parts = np.stack(list(lags(model, d_out, len(d_out))))[..., 0]
    return parts, case.inputs["b_h"][:, 0]


def closest(found: FloatArray, claimed: FloatArray) -> list[float]:
    """The number of the row that comes closest to the claim."""
    return [float(np.argmin(np.abs(found - claimed).max(axis=1)))]


def estimate_steps(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """After how many steps the carried gradient ends."""
    parts, bias = errors_by_lag(solution, case)
    claimed = (bias - claims["b_h"][:, 0]) / LEARNING_RATE
    found = closest(np.cumsum(parts.sum(axis=1), axis=0), claimed)
    return [k for k in found if 0 < k < case.sizes["T"] - 1]


@wrong(
    "truncated-bptt",
    "Backpropagation through time is cut off: the error of a step flows back {value} step(s) and "
    "no further. Look at the range of the loop that goes back from a step.",
    "时间反向传播被截断：每一步的误差只向后传 {value} 步。请检查从某一步往回走的循环范围。",
    Parameter("most_steps", "backward", "remembering", estimate_steps),
)
class Truncated(SimpleRNN):
    most_steps = 1.0

    def hidden_errors(self, d_out: FloatArray) -> FloatArray:
        return np.sum(list(lags(self, d_out, int(self.most_steps))), axis=0)


def estimate_chunk(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The length of the pieces within which gradients flow."""
    parts, bias = errors_by_lag(solution, case)
    t = np.arange(len(parts))
    found = []
    for length in range(1, len(parts)):
        together = t[None, :] // length == (t[None, :] + t[:, None]) // length
        found.append(parts[together].sum(axis=0))
    claimed = (bias - claims["b_h"][:, 0]) / LEARNING_RATE
    return [n + 1 for n in closest(np.array(found), claimed) if n > 0]


@wrong(
    "bptt-in-chunks",
    "Backpropagation through time works within pieces of {value} steps only; nothing flows from "
    "one piece into the one before. Look for a reset of the carried gradient.",
    "时间反向传播只在每段 {value} 步之内进行，段与段之间没有梯度。请查找把传递的梯度清零的地方。",
    Parameter("chunk", "backward", "remembering", estimate_chunk),
)
class Chunked(SimpleRNN):
    chunk = 2.0

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        self.now = t
        return super().through_tanh(d_h, t)

    def carry(self, d_a: FloatArray) -> FloatArray:
        return super().carry(d_a) * (self.now % int(self.chunk) != 0)


class WithoutTanh(SimpleRNN):
    """Keeps dL/dh_t, the gradient before the tanh derivative."""

    d_h: list[FloatArray]

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        self.d_h = [d_h] if t == len(self.h) - 2 else [d_h, *self.d_h]
        return super().through_tanh(d_h, t)


@wrong(
    "carried-before-tanh",
    "The gradient handed to the step before is taken before the tanh derivative. Follow the "
    "chain from h_t to h_{t-1} and see which functions lie between them.",
    "传给前一步的梯度没有经过 tanh 的导数。请沿着 h_t 到 h_{t-1} 的链条看中间有哪些函数。",
)
class CarriedBeforeTanh(WithoutTanh):
    def carry(self, d_a: FloatArray) -> FloatArray:  # noqa: ARG002  # that is the mistake
        return super().carry(self.d_h[0])


@wrong(
    "carried-untransposed",
    "The gradient handed to the step before is multiplied by W_hh the wrong way round. Ask which "
    "index of W_hh is summed over when a gradient goes backwards.",
    "传给前一步的梯度与 W_hh 相乘时行列用反了。想一想梯度往回传时对 W_hh 的哪个下标求和。",
)
class CarriedUntransposed(SimpleRNN):
    def carry(self, d_a: FloatArray) -> FloatArray:
        return self.W_hh @ d_a


@wrong(
    "carried-without-weights",
    "The gradient handed to the step before is not multiplied by the recurrent weights at all. "
    "Follow the chain from h_t to h_{t-1}.",
    "传给前一步的梯度根本没有乘以循环权重。请沿着 h_t 到 h_{t-1} 的链条检查。",
)
class CarriedWithoutWeights(SimpleRNN):
    def carry(self, d_a: FloatArray) -> FloatArray:
        return d_a


@wrong(
    "carried-derivative-twice",
    "The gradient handed to the step before has passed the tanh derivative of its step twice. "
    "Look for a second factor where the carried gradient is stored.",
    "传给前一步的梯度两次乘了该步的 tanh 导数。请检查保存传递梯度的地方是否多了一个因子。",
)
class CarriedTwice(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        self.now = t
        return super().through_tanh(d_h, t)

    def carry(self, d_a: FloatArray) -> FloatArray:
        return super().carry(super().through_tanh(d_a, self.now))


@wrong(
    "derivative-twice-in-weights",
    "The weight gradients contain the tanh derivative twice; the gradient carried back is right. "
    "An array may be changed in place by a helper and then be multiplied again.",
    "权重梯度里 tanh 导数乘了两次，而传回的梯度是对的。可能有数组被辅助函数原地修改后又乘了一次。",
)
class DerivativeTwiceInWeights(SimpleRNN):
    def hidden_errors(self, d_out: FloatArray) -> FloatArray:
        d_a = super().hidden_errors(d_out)
        return np.stack([self.through_tanh(d, t) for t, d in enumerate(d_a)])


# The derivative of tanh.


@wrong(
    "derivative-missing",
    "The hidden gradient never passes the derivative of tanh. Look at what happens between "
    "dL/dh_t and the gradients of W_xh, W_hh and b_h.",
    "隐藏梯度没有乘 tanh 的导数。请检查从 dL/dh_t 到 W_xh、W_hh、b_h 的梯度之间发生了什么。",
)
class DerivativeMissing(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:  # noqa: ARG002  # that is the mistake
        return d_h


@wrong(
    "derivative-last-step-only",
    "The derivative of tanh is applied at the last time step only. Look at what your loop does "
    "differently from the lines before it.",
    "tanh 的导数只在最后一个时间步用了。请检查循环内与循环之前的代码有何不同。",
)
class DerivativeLastStepOnly(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return super().through_tanh(d_h, t) if t == len(self.h) - 2 else d_h


@wrong(
    "derivative-of-previous-state",
    "The derivative of tanh is evaluated at the state before the step. Check the index of the "
    "state in that factor, and where your list of states starts.",
    "tanh 的导数取在了前一时刻的状态上。请检查该因子中状态的下标以及状态列表的起点。",
)
class DerivativeOfPrevious(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return (1 - self.h[t] ** 2) * d_h


@wrong(
    "derivative-not-squared",
    "The derivative of tanh is formed as 1 - h. Differentiate tanh(a) once more and write the "
    "result through h = tanh(a).",
    "tanh 的导数写成了 1 - h。请重新对 tanh(a) 求导，并用 h = tanh(a) 表示。",
)
class DerivativeNotSquared(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return (1 - self.h[t + 1]) * d_h


@wrong(
    "derivative-of-sigmoid",
    "The derivative of the hidden activation is that of the logistic function, h (1 - h). The "
    "forward pass uses another function.",
    "隐藏层激活函数的导数用成了 sigmoid 的 h (1 - h)，而前向传播用的是另一种函数。",
)
class DerivativeOfSigmoid(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return self.h[t + 1] * (1 - self.h[t + 1]) * d_h


@wrong(
    "derivative-tanh-twice",
    "The derivative of tanh is evaluated at h, where it should be evaluated at what went into "
    "tanh: tanh is applied twice.",
    "tanh 的导数取在了 h 处，而不是 tanh 的输入处：相当于套了两次 tanh。",
)
class DerivativeTanhTwice(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return (1 - np.tanh(self.h[t + 1]) ** 2) * d_h


@wrong(
    "derivative-of-input",
    "The formula for the derivative of tanh is fed with what goes into tanh, not with what comes "
    "out. Check which of the two you keep from the forward pass.",
    "tanh 导数公式里代入的是 tanh 的输入而不是输出。请检查前向传播保存的是哪一个。",
)
class DerivativeOfInput(SimpleRNN):
    def first_state(self, x: FloatArray) -> FloatArray:
        self.a: list[FloatArray] = []
        return super().first_state(x)

    def activation(self, a: FloatArray) -> FloatArray:
        self.a.append(a)
        return super().activation(a)

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return (1 - self.a[t] ** 2) * d_h


def estimate_epsilon(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """What was added to the derivative, from the first order change of b_h's gradient."""
    expected, claimed = one_step(solution, case, claims)
    step = 1e-6
    added = type("Added", (DerivativePlus, solution.SimpleRNN), {"epsilon": step})
    model = loaded(type("Solution", (), {"SimpleRNN": added}), case)
    model.forward(case.inputs["x"])
    change = model.gradients(case.inputs["x"], case.inputs["y"])["b_h"] - expected["b_h"]
    found = step * ratio(claimed["b_h"] - expected["b_h"], change)
    return [float(f"{found:.0e}"), float(f"{found:.2e}")]


class DerivativePlus(SimpleRNN):
    """Adds a small number to the derivative."""

    epsilon = 1e-8

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return super().through_tanh(d_h, t) + self.epsilon * d_h


wrong(
    "derivative-plus-epsilon",
    "{value} is added to the derivative of tanh. That is not needed and makes every gradient "
    "slightly wrong.",
    "tanh 的导数加上了 {value}。这没有必要，而且会使所有梯度略有偏差。",
    Parameter("epsilon", "backward", "plain", estimate_epsilon),
)(DerivativePlus)


# Gradients of the single weights.


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


# Loss and time steps.


@wrong(
    "last-loss-only",
    "Only the error of the last time step enters the loss. See the sum over t in the statement.",
    "只有最后一个时间步的误差进入了损失。请看题面中对 t 的求和。",
)
class LastLossOnly(SimpleRNN):
    def output_errors(self, y: FloatArray) -> FloatArray:
        d_out = super().output_errors(y)
        d_out[:-1] = 0
        return d_out


@wrong(
    "last-loss-skipped",
    "The error of the last time step is never used. Look at where the backward loop starts.",
    "最后一个时间步的误差没有用到。请检查反向循环的起点。",
)
class LastLossSkipped(SimpleRNN):
    def output_errors(self, y: FloatArray) -> FloatArray:
        d_out = super().output_errors(y)
        d_out[-1] = 0
        return d_out


@wrong(
    "first-step-skipped-backward",
    "The backward loop ends before the first time step: nothing of that step reaches a gradient. "
    "Look at the end of its range.",
    "反向循环在第一个时间步之前就结束了，这一步对任何梯度都没有贡献。请检查 range 的终点。",
)
class FirstStepMissed(SimpleRNN):
    def output_errors(self, y: FloatArray) -> FloatArray:
        d_out = super().output_errors(y)
        d_out[0] = 0
        return d_out

    def hidden_errors(self, d_out: FloatArray) -> FloatArray:
        d_a = super().hidden_errors(d_out)
        d_a[0] = 0
        return d_a


@wrong(
    "first-hidden-step-skipped",
    "The first time step is missing in the gradients of W_xh and b_h; the output layer's are "
    "right. Look at where the loop back through the states ends.",
    "W_xh 和 b_h 的梯度缺了第一个时间步，输出层的梯度是对的。请检查沿状态往回的循环终点。",
)
class FirstHiddenStepMissed(SimpleRNN):
    def hidden_errors(self, d_out: FloatArray) -> FloatArray:
        d_a = super().hidden_errors(d_out)
        d_a[0] = 0
        return d_a


@wrong(
    "mean-over-time",
    "Every update is divided by the number of time steps T. See whether the statement's loss is "
    "a sum or a mean over time.",
    "所有更新都除以了时间步数 T。请看题面的损失对时间是求和还是平均。",
)
class MeanOverTime(SimpleRNN):
    def output_errors(self, y: FloatArray) -> FloatArray:
        return super().output_errors(y) / len(y)


@wrong(
    "mean-over-outputs",
    "Every update is divided by the number of outputs. See whether the statement's loss is a sum "
    "or a mean over the outputs.",
    "所有更新都除以了输出的个数。请看题面的损失对各输出是求和还是平均。",
    Parameter("times", "backward", "plain", one_of((1.0, 2.0))),
)
class MeanOverOutputs(SimpleRNN):
    times = 1.0

    def output_errors(self, y: FloatArray) -> FloatArray:
        return super().output_errors(y) * self.times / y.shape[1]


@wrong(
    "mean-over-elements",
    "Every update is divided by T times the number of outputs (times a constant), as with the "
    "mean squared error. See the loss in the statement.",
    "所有更新都除以了 T 乘输出个数（差一个常数），即均方误差。请看题面中的损失。",
    Parameter("elements_times", "backward", "plain", one_of((1.0, 2.0))),
)
class MeanOverElements(SimpleRNN):
    elements_times = 1.0

    def output_errors(self, y: FloatArray) -> FloatArray:
        return super().output_errors(y) * self.elements_times / y.size


@wrong(
    "mean-over-time-doubled",
    "Every update is 2/T times as large as it should be. See the constant and the sum in the "
    "statement's loss.",
    "所有更新都是应有值的 2/T 倍。请看题面损失中的常数和求和。",
)
class TwiceMeanOverTime(SimpleRNN):
    def output_errors(self, y: FloatArray) -> FloatArray:
        return super().output_errors(y) * 2 / len(y)


@wrong(
    "absolute-error",
    "The gradient is that of the absolute error: only the signs of prediction minus target enter. "
    "See the loss in the statement.",
    "用的是绝对误差的梯度：只有预测减目标的符号起作用。请看题面中的损失。",
)
class AbsoluteError(SimpleRNN):
    def output_errors(self, y: FloatArray) -> FloatArray:
        return np.sign(super().output_errors(y))


@wrong(
    "error-broadcast",
    "Prediction minus target broadcasts: a column minus a flat vector is a matrix of all "
    "differences, which is then reduced to a vector. Print the shape of that difference.",
    "预测减目标发生了广播：列向量减一维向量成了所有差值组成的矩阵，随后又被归约。请打印该差值的形"
    "状。",
    Parameter("reduction", "backward", "plain", one_of(range(4))),
)
class ErrorBroadcast(SimpleRNN):
    reduction = 0.0

    def output_errors(self, y: FloatArray) -> FloatArray:
        axis, total = divmod(int(self.reduction), 2)
        differences = self.outputs - y[:, None, :]  # (T, O, O)
        reduced = differences.sum(axis=2 - axis)[:, :, None]
        return reduced if total else reduced / y.shape[1]


@wrong(
    "targets-reversed",
    "The targets are paired with the time steps in reverse. The backward loop goes from the end: "
    "check which target each step gets.",
    "目标与时间步的对应是反的。反向循环从末尾开始，请检查每一步取到的目标。",
)
class TargetsReversed(SimpleRNN):
    def output_errors(self, y: FloatArray) -> FloatArray:
        return super().output_errors(y[::-1])


@wrong(
    "targets-clipped",
    "The targets are clipped to [-{value}, {value}] before use. The statement uses them as they "
    "are.",
    "目标在使用前被截断到 [-{value}, {value}]。题面是直接使用目标的。",
    Parameter(
        "target_bound",
        "backward",
        "far_targets",
        lambda solution, case, claims: [target_bound(solution, case, claims)],
    ),
)
class TargetsClipped(SimpleRNN):
    target_bound = 1.0

    def output_errors(self, y: FloatArray) -> FloatArray:
        return super().output_errors(np.clip(y, -self.target_bound, self.target_bound))


def target_bound(solution: Solution, case: Case, claims: Claims) -> float:
    """The bound if it is below all targets, from the gradient of b_y."""
    model = loaded(solution, case)
    outputs = model.forward(case.inputs["x"]).sum(axis=0)
    summed = outputs - (case.inputs["b_y"] - claims["b_y"]) / LEARNING_RATE
    return float(np.median(summed)) / case.sizes["T"]


@wrong(
    "states-overwritten",
    "The backward pass sees the last hidden state at every step: one array was overwritten and "
    "stored T times. Look for a state that is changed in place after it was appended.",
    "反向传播在每一步看到的都是最后的隐藏状态：同一个数组被覆盖并存了 T 次。请查找存入列表后又被"
    "原地修改的状态。",
    Parameter("first_too", "backward", "plain", one_of((0.0, 1.0))),
)
class StatesOverwritten(SimpleRNN):
    first_too = 0.0

    def forward(self, x: FloatArray) -> FloatArray:
        outputs = super().forward(x)
        start = 0 if self.first_too else 1
        self.h[start:] = [self.h[-1]] * len(self.h[start:])
        return outputs


@wrong(
    "states-in-forward-order",
    "The backward pass meets the stored states in the order of the forward pass: first in, first "
    "out. Look at which end of your list you take them from.",
    "反向传播按前向的次序取出保存的状态（先进先出）。请检查从列表的哪一端取。",
)
class StatesInForwardOrder(SimpleRNN):
    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        kept = self.h
        d_out = self.output_errors(y)
        self.h = [kept[0], *kept[:0:-1]]
        d_a = self.hidden_errors(d_out)
        after, before = np.stack(self.h[1:]), np.stack(kept[-2::-1])
        self.h = kept
        return {
            "W_xh": (d_a * x[::-1, None, :]).sum(axis=0),
            "W_hh": (d_a @ before.transpose(0, 2, 1)).sum(axis=0),
            "W_hy": (d_out @ after.transpose(0, 2, 1)).sum(axis=0),
            "b_h": d_a.sum(axis=0),
            "b_y": d_out.sum(axis=0),
        }


@wrong(
    "recomputed-from-last-state",
    "backward runs the states again, but from the last state of forward and not from h_0. Look at "
    "what the state holds when the second run begins.",
    "backward 重新计算了状态，但起点是 forward 的最后状态而不是 h_0。请检查第二次运行开始时状态的"
    "值。",
)
class RecomputedFromLast(SimpleRNN):
    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        self.start = self.h[-1]
        self.forward(x)
        del self.start
        super().backward(x, y, learning_rate)

    def first_state(self, x: FloatArray) -> FloatArray:
        return getattr(self, "start", super().first_state(x))


# The update.


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
    Parameter("most_rate", "conduct", "plain", rate_used),
)
class CappedRate(SimpleRNN):
    most_rate = 0.1

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        super().backward(x, y, min(learning_rate, self.most_rate))


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


# Clipping. Targets that are far away make every gradient larger than any bound.


@wrong(
    "clip-gradients-by-value",
    "The weight gradients are clipped to [-{value}, {value}]. The statement's update has no "
    "clipping.",
    "权重梯度被截断到 [-{value}, {value}]。题面的更新没有截断。",
    Parameter(
        "clip_value",
        "backward",
        "far_targets",
        lambda *seen: [c for c in [float(np.abs(flat(one_step(*seen)[1])).max())] if c > 1e-6],
    ),
)
class ClippedGradients(Changed):
    clip_value = 5.0

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        for name in WEIGHTS:
            gradients[name] = np.clip(gradients[name], -self.clip_value, self.clip_value)


@wrong(
    "clip-each-gradient-by-norm",
    "Each weight's gradient is scaled down to norm {value} when it is longer. The statement's "
    "update has no clipping.",
    "每个权重的梯度超过范数 {value} 时会被缩短。题面的更新没有截断。",
    Parameter(
        "clip_norm_each",
        "backward",
        "far_targets",
        lambda *seen: [norm(one_step(*seen)[1]["W_hy"])],
    ),
)
class ClippedNorms(Changed):
    clip_norm_each = 5.0

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        for name in WEIGHTS:
            most = max(norm(gradients[name]) / self.clip_norm_each, 1.0)
            gradients[name] = gradients[name] / most


@wrong(
    "clip-all-gradients-by-norm",
    "All gradients together are scaled down to norm {value} when they are longer. The statement's "
    "update has no clipping.",
    "全部梯度的总范数超过 {value} 时会被一起缩短。题面的更新没有截断。",
    Parameter(
        "clip_norm",
        "backward",
        "far_targets",
        lambda *seen: [norm(flat(one_step(*seen)[1]))],
    ),
)
class ClippedNorm(Changed):
    clip_norm = 5.0

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        most = max(norm(flat(gradients)) / self.clip_norm, 1.0)
        for name in WEIGHTS:
            gradients[name] = gradients[name] / most


@wrong(
    "clip-hidden-errors-by-norm",
    "The hidden errors of all steps together are scaled down to norm {value} when they are "
    "longer. Backpropagation has no clipping here.",
    "所有时间步的隐藏误差的总范数超过 {value} 时会被缩短。这里的反向传播没有截断。",
    Parameter(
        "clip_hidden_norm",
        "backward",
        "far_targets",
        lambda *seen: [hidden_norm(*seen)],
    ),
)
class ClippedHiddenNorm(SimpleRNN):
    clip_hidden_norm = 5.0

    def hidden_errors(self, d_out: FloatArray) -> FloatArray:
        d_a = super().hidden_errors(d_out)
        return d_a / max(norm(d_a) / self.clip_hidden_norm, 1.0)


def hidden_norm(solution: Solution, case: Case, claims: Claims) -> float:
    """The norm of all hidden errors, if they have only been scaled."""
    expected, claimed = one_step(solution, case, claims)
    model = loaded(solution, case)
    model.forward(case.inputs["x"])
    full = norm(model.hidden_errors(model.output_errors(case.inputs["y"])))
    return full * ratio(claimed["b_h"], expected["b_h"])


@wrong(
    "clip-carried-gradient",
    "The gradient handed to the step before is clipped to [-{value}, {value}]. Backpropagation "
    "through time has no clipping here.",
    "传给前一步的梯度被截断到 [-{value}, {value}]。这里的时间反向传播没有截断。",
    Parameter(
        "clip_carried",
        "backward",
        "far_targets",
        lambda *seen: [carried_bound(*seen)],
    ),
)
class ClippedCarried(SimpleRNN):
    clip_carried = 1.0

    def carry(self, d_a: FloatArray) -> FloatArray:
        return np.clip(super().carry(d_a), -self.clip_carried, self.clip_carried)


def carried_bound(solution: Solution, case: Case, claims: Claims) -> float:
    """The bound if every carried gradient exceeds it, from the gradient of b_h."""
    _, claimed = one_step(solution, case, claims)
    model = loaded(solution, case)
    model.forward(case.inputs["x"])
    own = next(iter(lags(model, model.output_errors(case.inputs["y"]), 0)))  # (T, H, 1)
    slope = 1 - np.stack(model.h)[1:-1] ** 2
    carried = (slope * np.sign(model.W_hh.T @ own[1:])).sum(axis=0)
    return ratio(claimed["b_h"] - own.sum(axis=0), carried)


# The order of updates.


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


# Calls that disturb each other, and arguments.


@wrong(
    "state-kept-between-calls",
    "Each forward starts from the last hidden state of the call before. See the statement for "
    "what every sequence starts from.",
    "每次 forward 都从上一次调用的最后隐藏状态开始。请看题面对每个序列初始状态的规定。",
)
class StateKept(SimpleRNN):
    def first_state(self, x: FloatArray) -> FloatArray:
        return self.h[-1] if hasattr(self, "h") else super().first_state(x)


@wrong(
    "gradients-accumulate",
    "The gradients of all calls of backward add up. Look at where the sums start from zero.",
    "历次调用 backward 的梯度累加在一起。请检查累加量是在哪里清零的。",
)
class Accumulated(SimpleRNN):
    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        last = getattr(self, "totals", dict.fromkeys(WEIGHTS, 0.0))
        fresh = super().gradients(x, y)
        self.totals = {n: last[n] + fresh[n] for n in WEIGHTS}
        return self.totals


@wrong(
    "carried-gradient-kept",
    "The gradient carried past the first step is kept and enters the next call of backward. Look "
    "at where it starts from zero.",
    "传过第一步的梯度被保留下来，进入了下一次 backward。请检查它在哪里清零。",
)
class CarriedKept(SimpleRNN):
    left_over: Any = 0.0

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return super().through_tanh(d_h + (self.left_over if t == len(self.h) - 2 else 0), t)

    def carry(self, d_a: FloatArray) -> FloatArray:
        self.left_over = super().carry(d_a)
        return self.left_over


@wrong(
    "history-never-cleared",
    "The stored states of earlier calls are never cleared, and backward reads those of the first "
    "call. Look at where your lists are emptied.",
    "早先调用保存的状态从未清空，backward 读到的是第一次调用的状态。请检查列表在哪里清空。",
    Parameter("inputs_too", "training", "plain", one_of((0.0, 1.0))),
)
class HistoryKept(SimpleRNN):
    inputs_too = 0.0

    def forward(self, x: FloatArray) -> FloatArray:
        outputs = super().forward(x)
        past: tuple[list[FloatArray], ...] = getattr(self, "past", ([], [], []))
        self.past = [*past[0], *self.h], [*past[1], *outputs], [*past[2], *x]
        self.h = self.past[0][: len(x) + 1]
        self.outputs = np.stack(self.past[1][: len(x)])
        return outputs

    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        first = np.stack(self.past[2][: len(x)])
        return super().gradients(first if self.inputs_too else x, y)


KEYS: tuple[Callable[[FloatArray], Any], ...] = (
    lambda x: (x.shape, x.tobytes()),
    lambda x: x.shape,
    len,
    lambda _: 0,
)


@wrong(
    "stale-outputs",
    "forward returns what an earlier call computed although the weights (or the sequence) have "
    "changed since. Look for something remembered under a key that does not tell them apart.",
    "forward 返回了早先调用的结果，尽管权重（或序列）已经改变。请查找以不足以区分它们的键保存的内"
    "容。",
    Parameter("key_and_depth", "training", "plain", one_of(range(12))),
)
class StaleOutputs(SimpleRNN):
    key_and_depth = 0.0

    def forward(self, x: FloatArray) -> FloatArray:
        key, depth = divmod(int(self.key_and_depth), 3)
        self.seen = getattr(self, "seen", {})
        fresh = super().forward(x)
        found = self.seen.setdefault(KEYS[key](x), (self.h, fresh, x))
        if found[1].shape == fresh.shape and depth > 0:
            self.h, self.outputs, _ = found
        self.x = found[2] if found[2].shape == x.shape and depth > 1 else x
        return found[1]

    def gradients(self, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:
        return super().gradients(self.x if self.x.shape == x.shape else x, y)


@wrong(
    "stale-outputs-same-object",
    "forward given the same array object again returns what it computed before, although the "
    "weights have changed since. Look for a result remembered under id(x).",
    "对同一个数组对象再次调用 forward 时返回了旧结果，尽管权重已经改变。请查找以 id(x) 保存的结果"
    "。",
)
class StaleOutputsById(SimpleRNN):
    def forward(self, x: FloatArray) -> FloatArray:
        self.runs = getattr(self, "runs", [])
        known = next((run for run in self.runs if run[0] is x), None)
        if known is None:
            outputs = super().forward(x)
            self.runs.append((x, self.h, outputs))
            return outputs
        _, self.h, self.outputs = known
        return self.outputs


@wrong(
    "stale-targets",
    "backward keeps the targets of its first call and goes on using them. Look for something "
    "stored once and never replaced.",
    "backward 保留了第一次调用的目标并一直使用。请查找只保存一次、从不替换的内容。",
    Parameter("until_shape_changes", "training", "plain", one_of((0.0, 1.0))),
)
class StaleTargets(SimpleRNN):
    until_shape_changes = 0.0

    def output_errors(self, y: FloatArray) -> FloatArray:
        first = getattr(self, "first_y", y)
        self.first_y = y if first.shape != y.shape and self.until_shape_changes else first
        return super().output_errors(self.first_y if self.first_y.shape == y.shape else y)


@wrong(
    "targets-changed",
    "backward changes the argument y in place: the error is formed inside the array of targets. "
    "Look for -= or *= on y or on a view of it.",
    "backward 原地修改了参数 y：误差直接写进了目标数组。请查找对 y 或其视图的 -= 或 *=。",
    Parameter("minus", "conduct", "plain", one_of((1.0, -1.0))),
)
class TargetsChanged(SimpleRNN):
    minus = 1.0

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        errors = self.outputs[:, :, 0] - y
        super().backward(x, y, learning_rate)
        y[...] = self.minus * errors


@wrong(
    "inputs-changed",
    "backward changes the argument x in place: it is multiplied by the learning rate. Look for *= "
    "on x or on a view of it.",
    "backward 原地修改了参数 x：它被乘以了学习率。请查找对 x 或其视图的 *=。",
)
class InputsChanged(SimpleRNN):
    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        super().backward(x, y, learning_rate)
        x *= learning_rate
