"""Ways to get binary_addition wrong: the reference with one thing changed, and what to tell.

A class for BinaryAdder is laid over the reference's, and two of them over each other, so it
overrides as little as it can. One for int2binary is called in its place and finds the function as
`inner`. A message names the mathematics and where to look; it never gives the answer away.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader.model import Case, Misconception, Parameter

if TYPE_CHECKING:
    from reference.binary_addition import BinaryAdder
else:
    BinaryAdder = object

FloatArray = NDArray[np.floating[Any]]
Bits = NDArray[np.uint8]
Claims = Mapping[str, NDArray[Any]]
Synapses = dict[str, FloatArray]
Solution = Any  # whatever has a BinaryAdder
Model = Any  # a BinaryAdder
Number = Any  # an int, or a NumPy integer
Error = Any  # np.floating, of any precision

SYNAPSES = ("synapse_0", "synapse_1", "synapse_h")
ALPHA = 0.1
MISCONCEPTIONS: list[Misconception] = []


def wrong(
    identity: str, en: str, zh: str, parameter: Parameter | None = None, of: str = "BinaryAdder"
) -> Callable[[type], type]:
    """List the class as a misconception."""

    def listed(change: type) -> type:
        text = {"en": en, "zh": zh}
        MISCONCEPTIONS.append(Misconception(identity, text, {of: change}, parameter))
        return change

    return listed


def changed(identity: str, en: str, zh: str, **methods: Callable[..., Any]) -> None:
    """List other methods; the class is the model's, without a layer beneath."""
    wrong(identity, en, zh)(type("Changed", (), methods))


def one_of(*values: float) -> Callable[[Any, Case, Claims], Iterable[float]]:
    """Candidates that do not depend on the claims."""
    return lambda _solution, _case, _claims: values


# Integers as bits.


def bits_of(identity: str, en: str, zh: str, call: Callable[..., Any]) -> None:
    """List another int2binary: call(inner, n, binary_dim)."""

    def called(self: Model, n: Number, binary_dim: int = 8) -> NDArray[Any]:
        return call(self.inner, n, binary_dim)

    wrong(identity, en, zh, of="int2binary")(type("Changed", (), {"__call__": called}))


bits_of(
    "bits-reversed",
    "int2binary returns the least significant bit first. Ask which power of two the first "
    "element stands for.",
    "int2binary 把最低位放在了最前面。想一想第一个元素代表 2 的几次方。",
    lambda inner, n, width: inner(n, width)[::-1],
)
bits_of(
    "range-not-checked",
    "int2binary returns bits for a number that does not fit, too large or negative. See what the "
    "statement asks for then.",
    "int2binary 对放不下的数（过大或为负）也返回了结果。请看题面对这种情况的要求。",
    lambda inner, n, width: inner(int(n) % 2**width, width),
)
bits_of(
    "negative-not-refused",
    "int2binary accepts negative numbers. Look at both ends of the range that you check.",
    "int2binary 接受了负数。请检查范围的两端。",
    lambda inner, n, width: inner(int(n) % 2**width if n < 0 else n, width),
)
bits_of(
    "limit-off-by-one",
    "int2binary accepts one number too many. Look at the comparison at the upper end.",
    "int2binary 多接受了一个数。请检查上界处的比较。",
    lambda inner, n, width: inner(int(n) % 2**width if n == 2**width else n, width),
)
bits_of(
    "numpy-not-checked",
    "int2binary refuses what does not fit if it is a Python int, and cuts it if it is a NumPy "
    "integer. Look at how you check the type.",
    "放不下的 Python int 被拒绝，但 NumPy 整数被截断。请检查类型判断。",
    lambda inner, n, width: inner(n if isinstance(n, int) else int(n) % 2**width, width),
)
bits_of(
    "always-eight-bits",
    "int2binary returns eight bits whatever binary_dim is.",
    "无论 binary_dim 是多少，int2binary 都返回 8 位。",
    lambda inner, n, width: (inner(n, width), inner(int(n) % 256, 8))[1],
)
bits_of(
    "only-eight-bits",
    "Only the lowest eight bits of a number come out right: it is squeezed into a uint8 on the "
    "way.",
    "只有最低 8 位是对的：数在途中被转换成了 uint8。",
    lambda inner, n, width: inner(inner(n, width) is not None and int(n) % 256 % 2**width, width),
)
bits_of(
    "float-bits",
    "int2binary returns floating-point numbers. Look at the dtype of the array you fill.",
    "int2binary 返回的是浮点数。请检查所填数组的 dtype。",
    lambda inner, n, width: inner(n, width).astype(float),
)


# Initial weights.


class Redrawn(BinaryAdder):
    """Draws the weights once more, from the same random numbers."""

    def __init__(self, input_dim: int = 2, hidden_dim: int = 8, output_dim: int = 1) -> None:
        state = np.random.get_state()
        super().__init__(input_dim, hidden_dim, output_dim)
        np.random.set_state(state)
        self.redraw()

    def redraw(self) -> None:
        for name in SYNAPSES:
            setattr(self, name, self.drawn(*getattr(self, name).shape))

    def drawn(self, *shape: int) -> FloatArray:
        return 2 * np.random.random(shape) - 1


def estimate_low(_solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The lower end of the interval, from two of the numbers drawn."""
    np.random.seed(case.seed)
    low, high = np.random.random(2)
    first, second = claims["synapse_0"].flat[:2]
    return [float(first - low * (second - first) / (high - low))]


@wrong(
    "initial-not-symmetric",
    "The initial weights are drawn from [{value}, 1). See the statement for the interval.",
    "初始权重取自区间 [{value}, 1)。请看题面要求的区间。",
    Parameter("low", "initialisation", "plain", estimate_low),
)
class OtherInterval(Redrawn):
    low = 0.0

    def drawn(self, *shape: int) -> FloatArray:
        return self.low + (1 - self.low) * np.random.random(shape)


ORDERS = ((0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))


@wrong(
    "initial-order",
    "The initial weights are the right numbers drawn in another order. Compare the order in which "
    "the constructor calls the random generator with the statement.",
    "初始权重的数值正确，但抽取顺序不同。请对照题面检查构造函数中随机数的调用次序。",
    Parameter("order", "initialisation", "plain", one_of(*range(5))),
)
class OtherOrder(Redrawn):
    order = 0.0

    def redraw(self) -> None:
        for name in (SYNAPSES[n] for n in ORDERS[int(self.order)]):
            setattr(self, name, self.drawn(*getattr(self, name).shape))


@wrong(
    "initial-transposed",
    "Initial weights hold the right numbers, but drawn in the transposed shape. Check the shapes "
    "you pass to the random generator.",
    "初始权重的随机数是按转置后的形状抽取的。请检查传给随机数函数的形状。",
    Parameter("which", "initialisation", "plain", one_of(*range(1, 8))),
)
class DrawnTransposed(Redrawn):
    which = 1.0  # one bit for each synapse

    def redraw(self) -> None:
        for bit, name in enumerate(SYNAPSES):
            rows, columns = getattr(self, name).shape
            turned = int(self.which) >> bit & 1
            drawn = self.drawn(columns, rows).T if turned else self.drawn(rows, columns)
            setattr(self, name, drawn)


@wrong(
    "initial-normal",
    "The initial weights are normally distributed. The statement names another distribution.",
    "初始权重服从正态分布，而题面要求的是另一种分布。",
    Parameter("scale", "initialisation", "plain", one_of(1, 0.1, 0.01)),
)
class Normal(Redrawn):
    scale = 1.0

    def drawn(self, *shape: int) -> FloatArray:
        return np.random.randn(*shape) * self.scale


@wrong(
    "initial-own-seed",
    "The initial weights do not follow the seed that was set before: the constructor seeds "
    "numpy.random itself, with {value}.",
    "初始权重没有跟随外部设定的种子：构造函数自己把种子设成了 {value}。",
    Parameter("own_seed", "initialisation", "plain", one_of(0, 1, 2, 7, 42, 100, 123, 1234, 2024)),
)
class OwnSeed(Redrawn):
    own_seed = 0.0

    def redraw(self) -> None:
        np.random.seed(int(self.own_seed))
        super().redraw()


@wrong(
    "hidden-dim-ignored",
    "The shapes of the weights do not follow hidden_dim: they are those of {value} hidden units.",
    "权重的形状没有跟随 hidden_dim：始终是 {value} 个隐藏单元。",
    Parameter("units", "initialisation", "plain", one_of(8, 16)),
)
class FixedUnits(BinaryAdder):
    units = 8.0

    def __init__(self, input_dim: int = 2, hidden_dim: int = 8, output_dim: int = 1) -> None:
        hidden_dim = int(self.units)
        super().__init__(input_dim, hidden_dim, output_dim)


# Forward.


@wrong(
    "time-from-the-left",
    "The sequence is read from its most significant bit. Ask where a carry comes from when you add "
    "by hand.",
    "序列是从最高位开始读的。想一想手算加法时进位从哪里来。",
)
class FromTheLeft(BinaryAdder):
    def forward(self, a: Bits, b: Bits) -> FloatArray:
        return super().forward(a[::-1], b[::-1])[::-1]

    def gradients(self, c: Bits) -> Synapses:
        return super().gradients(c[::-1])


@wrong(
    "outputs-in-order-of-time",
    "forward returns its outputs in the order of time. Ask which bit the first element is to be.",
    "forward 按时间次序返回输出。想一想第一个元素应当是哪一位。",
)
class OutputsReversed(BinaryAdder):
    def forward(self, a: Bits, b: Bits) -> FloatArray:
        return super().forward(a, b)[::-1]


@wrong(
    "one-summand-reversed",
    "b is read from its other end than a. Look at the indices of both in the loop.",
    "a 与 b 的读取方向相反。请检查循环中两者的下标。",
)
class OneReversed(BinaryAdder):
    def forward(self, a: Bits, b: Bits) -> FloatArray:
        return super().forward(a, b[::-1])


changed(
    "recurrence-missing",
    "The hidden layer of the step before has no influence. Look at the sum inside the sigmoid.",
    "前一时间步的隐藏层没有影响。请检查 sigmoid 内的求和。",
    pre_activation=lambda self, x_t, _former: self.synapse_0 @ x_t,
)
changed(
    "recurrence-transposed",
    "In the forward pass synapse_h is used transposed. Ask which of its indices belongs to the new "
    "state.",
    "前向传播中 synapse_h 被转置使用。想一想它的哪个下标属于新状态。",
    pre_activation=lambda self, x_t, former: self.synapse_h.T @ former + self.synapse_0 @ x_t,
)
changed(
    "first-state-ones",
    "The hidden layer before the first step is all ones. See the statement for where it starts.",
    "第一步之前的隐藏层是全 1。请看题面规定的起始状态。",
    first_state=lambda self: np.ones_like(self.synapse_h[0]),
)
changed(
    "output-one-step-late",
    "layer_2 is computed from the hidden layer of the step before. Look at which state the output "
    "layer is given.",
    "layer_2 用的是前一步的隐藏层。请检查输出层用的是哪个状态。",
    output=lambda self, layer_1: 1 / (1 + np.exp(-layer_1[:-1] @ self.synapse_1[0])),
)
changed(
    "output-linear",
    "layer_2 has not passed a sigmoid. Look at the statement's formula for it.",
    "layer_2 没有经过 sigmoid。请看题面中它的公式。",
    output=lambda self, layer_1: layer_1[1:] @ self.synapse_1[0],
)
changed(
    "hidden-tanh",
    "The hidden layer uses tanh. The statement names another activation.",
    "隐藏层用了 tanh，而题面要求的是另一种激活函数。",
    hidden=lambda _, z: np.tanh(z),
    through_hidden=lambda self, d, t: d * (1 - self.layer_1[t + 1] ** 2),
)


@wrong(
    "forward-rounds",
    "forward returns bits. See the statement for what it returns and what train_step does.",
    "forward 返回了取整后的位。请看题面规定它和 train_step 各返回什么。",
)
class ForwardRounds(BinaryAdder):
    def forward(self, a: Bits, b: Bits) -> FloatArray:
        return np.round(super().forward(a, b))


@wrong(
    "sigmoid-clipped",
    "What goes into the hidden sigmoid is clipped at {value}. Look for a clip before exp.",
    "隐藏层 sigmoid 的输入在 {value} 处被截断。请查找 exp 之前的 clip。",
    Parameter("most", "forward", "saturated", one_of(1, 2, 3, 4, 5, 6, 8, 10, 15, 20)),
)
class Clipped(BinaryAdder):
    most = 10.0

    def hidden(self, z: FloatArray) -> FloatArray:
        return super().hidden(np.clip(z, -self.most, self.most))


# The error and the bits of a training step.

for _id, _en, _zh, _error in (
    ("last", "that of one time step: it is assigned where it should be accumulated",
     "某一个时间步的误差：在应当累加的地方做了赋值", lambda c, y: np.abs(c - y)[0]),
    ("mean", "a mean over the bits", "各位的平均值", lambda c, y: np.abs(c - y).mean()),
    ("squared", "a sum of squares", "平方和", lambda c, y: ((c - y) ** 2).sum()),
    ("loss", "the loss", "损失", lambda c, y: ((c - y) ** 2).sum() / 2),
    ("signed", "a sum in which errors of both signs cancel", "正负误差相互抵消的和",
     lambda c, y: (c - y).sum()),
    ("rounded", "counted on the rounded bits", "用取整后的位计算的",
     lambda c, y: np.abs(c - np.round(y)).sum()),
):  # fmt: skip
    changed(
        f"error-{_id}",
        f"overall_error is {_en}. Compare it with the statement's definition.",
        f"overall_error 是{_zh}。请与题面的定义对照。",
        overall_error=lambda _, c, layer_2, error=_error: error(c, layer_2),
    )


@wrong(
    "error-over-all-calls",
    "overall_error goes on from the call before. Look at where it is set to zero.",
    "overall_error 接着上一次调用继续累加。请检查它在哪里清零。",
)
class ErrorKept(BinaryAdder):
    total: Any = 0

    def overall_error(self, c: Bits, layer_2: FloatArray) -> np.floating[Any]:
        self.total = self.total + super().overall_error(c, layer_2)
        return self.total


class AfterUpdate(BinaryAdder):
    """Looks at the outputs once more, after the update."""

    def train_step(
        self, a: Bits, b: Bits, c: Bits, alpha: float = ALPHA
    ) -> tuple[Bits, np.floating[Any]]:
        d, overall_error = super().train_step(a, b, c, alpha)
        return self.after(d, overall_error, c, self.forward(a, b))

    def after(self, d: Bits, error: Error, c: Bits, layer_2: FloatArray) -> tuple[Bits, Error]:
        raise NotImplementedError


@wrong(
    "rounded-after-update",
    "The returned bits are those of the updated weights. Look at when the outputs are computed.",
    "返回的位来自更新之后的权重。请检查输出是在何时计算的。",
)
class BitsAfter(AfterUpdate):
    def after(self, d: Bits, error: Error, c: Bits, layer_2: FloatArray) -> tuple[Bits, Error]:  # noqa: ARG002
        return self.bits(layer_2), error


@wrong(
    "error-after-update",
    "overall_error is that of the updated weights. Look at when it is computed.",
    "overall_error 来自更新之后的权重。请检查它是在何时计算的。",
)
class ErrorAfter(AfterUpdate):
    def after(self, d: Bits, error: Error, c: Bits, layer_2: FloatArray) -> tuple[Bits, Error]:  # noqa: ARG002
        return d, self.overall_error(c, layer_2)


changed(
    "bits-in-order-of-time",
    "d comes back least significant bit first. Look at where each bit is stored.",
    "d 是从最低位开始返回的。请检查每一位存放的位置。",
    bits=lambda _, layer_2: np.round(layer_2[::-1]),
)
changed(
    "bits-not-rounded",
    "d holds the outputs themselves. See the statement for what it is.",
    "d 就是输出本身。请看题面规定 d 是什么。",
    bits=lambda _, layer_2: layer_2,
)
changed(
    "bits-cut",
    "Every bit of d is 0: outputs between 0 and 1 are cut off, not rounded.",
    "d 的每一位都是 0：0 到 1 之间的输出被截断而不是四舍五入。",
    bits=lambda _, layer_2: np.floor(layer_2),
)


# Gradients.

changed(
    "future-delta-not-carried",
    "Nothing flows back from the step after. Look at what the backward loop hands on.",
    "后一时间步没有任何梯度传回。请检查反向循环传递了什么。",
    carry=lambda _, future: 0 * future,
)
changed(
    "future-delta-untransposed",
    "The delta goes back through synapse_h the wrong way round. Ask which index is summed over.",
    "delta 往回传时与 synapse_h 相乘的行列用反了。想一想对哪个下标求和。",
    carry=lambda self, future: self.synapse_h @ future,
)


@wrong(
    "future-delta-kept",
    "The delta of one sequence flows into the next one. Look at where it is set to zero.",
    "一个序列的 delta 流入了下一个序列。请检查它在哪里清零。",
)
class FutureKept(BinaryAdder):
    kept: FloatArray | None = None

    def hidden_delta(self, delta_2: FloatArray) -> FloatArray:
        self.start = self.kept
        delta_1 = super().hidden_delta(delta_2)
        self.kept = delta_1[0]
        return delta_1

    def carry(self, future_delta_1: FloatArray) -> FloatArray:
        if self.start is not None:
            future_delta_1, self.start = self.start, None
        return super().carry(future_delta_1)


@wrong(
    "future-delta-without-slope",
    "What is carried back lacks the derivative of the sigmoid of its step. Follow the chain.",
    "传回的梯度缺少该步 sigmoid 的导数。请沿链条检查。",
)
class CarriedWithoutSlope(BinaryAdder):
    def hidden_delta(self, delta_2: FloatArray) -> FloatArray:
        self.raw = np.zeros_like(self.synapse_h[0])
        return super().hidden_delta(delta_2)

    def through_hidden(self, d_layer_1: FloatArray, t: int) -> FloatArray:
        self.raw = d_layer_1
        return super().through_hidden(d_layer_1, t)

    def carry(self, future_delta_1: FloatArray) -> FloatArray:
        return super().carry(self.raw + 0 * future_delta_1)


@wrong(
    "output-part-without-slope",
    "The part of a hidden delta that comes from the output lacks the derivative of the hidden "
    "sigmoid. Look at the brackets.",
    "隐藏层 delta 中来自输出的部分缺少隐藏层 sigmoid 的导数。请检查括号。",
)
class OutputPartWithoutSlope(BinaryAdder):
    def hidden_delta(self, delta_2: FloatArray) -> FloatArray:
        self.from_output = delta_2[:, None] * self.synapse_1
        return super().hidden_delta(delta_2)

    def through_hidden(self, d_layer_1: FloatArray, t: int) -> FloatArray:
        part = self.from_output[t]
        return super().through_hidden(d_layer_1 - part, t) + part


changed(
    "output-slope-missing",
    "The delta of the output lacks the derivative of its sigmoid, as with a cross-entropy loss. "
    "See the loss in the statement.",
    "输出的 delta 缺少 sigmoid 的导数（像交叉熵损失那样）。请看题面中的损失。",
    output_delta=lambda self, c: self.layer_2 - c[::-1],
)
changed(
    "hidden-slope-missing",
    "The hidden deltas lack the derivative of the sigmoid. Follow the chain into the hidden layer.",
    "隐藏层的 delta 缺少 sigmoid 的导数。请沿链条检查到隐藏层内部。",
    through_hidden=lambda _, d_layer_1, _t: d_layer_1,
)
changed(
    "slope-of-former-state",
    "The derivative of the hidden sigmoid is taken one step too early. Look at the index of the "
    "list of states, and what it holds before the first step.",
    "隐藏层 sigmoid 的导数早取了一步。请检查状态列表的下标，以及第一步之前存的是什么。",
    through_hidden=lambda self, d, t: self.through_sigmoid(d, self.layer_1[t]),
)
changed(
    "hidden-slope-of-pre-activation",
    "In the hidden layer z (1 - z) is taken of what goes into the sigmoid. Ask what that formula "
    "wants to be given.",
    "隐藏层的 z (1 - z) 用在了 sigmoid 的输入上。想一想这个公式应当代入什么。",
    through_hidden=lambda self, d, t: self.through_sigmoid(
        d, self.pre_activation(self.x[t], self.layer_1[t])
    ),
)


@wrong(
    "sigmoid-twice-in-slope",
    "The derivative applies the sigmoid once more to what is its value already. Look at what you "
    "pass to the derivative.",
    "求导时对已经是 sigmoid 值的数又做了一次 sigmoid。请检查传给导数函数的是什么。",
)
class SlopeOfSlope(BinaryAdder):
    def through_sigmoid(self, d_value: FloatArray, value: FloatArray) -> FloatArray:
        return super().through_sigmoid(d_value, 1 / (1 + np.exp(-value)))


@wrong(
    "target-reversed",
    "The target bits are read from the other end than the outputs. Look at the index of c.",
    "目标位与输出的读取方向相反。请检查 c 的下标。",
)
class TargetReversed(BinaryAdder):
    def train_step(
        self, a: Bits, b: Bits, c: Bits, alpha: float = ALPHA
    ) -> tuple[Bits, np.floating[Any]]:
        return super().train_step(a, b, c[::-1], alpha)


class Other(BinaryAdder):
    """Other gradients; each change calls the next, so that two of them add up."""

    def gradients(self, c: Bits) -> Synapses:
        return {**(right := super().gradients(c)), **self.change(c, right)}

    def change(self, c: Bits, right: Synapses, /) -> Synapses:
        raise NotImplementedError


def other(identity: str, en: str, zh: str, change: Callable[[Any, Bits, Synapses], Any]) -> None:
    """List other gradients: change(self, c, right ones)."""
    wrong(identity, en, zh)(type("Changed", (Other,), {"change": change}))


def deltas(self: Model, c: Bits) -> tuple[FloatArray, FloatArray]:
    """The deltas of both layers."""
    return (delta_2 := self.output_delta(c)), self.hidden_delta(delta_2)


other(
    "synapse-h-of-this-state",
    "synapse_h is updated with the state of the same step. Ask what it was multiplied by.",
    "synapse_h 的更新用了同一步的状态。想一想它乘的是什么。",
    lambda self, c, _: {"synapse_h": deltas(self, c)[1].T @ self.layer_1[1:]},
)
other(
    "synapse-1-of-former-state",
    "synapse_1 is updated with the state of the step before. Ask what it was multiplied by.",
    "synapse_1 的更新用了前一步的状态。想一想它乘的是什么。",
    lambda self, c, _: {"synapse_1": (deltas(self, c)[0] @ self.layer_1[:-1])[None, :]},
)
other(
    "synapse-h-not-updated",
    "synapse_h never changes. Look at the list of weights that you update.",
    "synapse_h 从不更新。请检查被更新的权重列表。",
    lambda _self, _c, right: {"synapse_h": 0 * right["synapse_h"]},
)
other(
    "inputs-reversed-in-backward",
    "The backward pass reads a and b from the wrong end. Look at their indices there.",
    "反向传播从错误的一端读取 a 和 b。请检查那里的下标。",
    lambda self, c, _: {"synapse_0": deltas(self, c)[1].T @ self.x[::-1]},
)
other(
    "only-last-update",
    "The updates are those of one time step: they are assigned where they should be accumulated.",
    "更新量只是一个时间步的：在应当累加的地方做了赋值。",
    lambda self, c, _: {
        "synapse_0": np.outer((d := deltas(self, c))[1][0], self.x[0]),
        "synapse_1": d[0][0] * self.layer_1[1][None, :],
        "synapse_h": np.outer(d[1][0], self.layer_1[0]),
    },
)
other(
    "averaged-over-bits",
    "The updates are divided by the number of bits. See whether the loss is a sum or a mean.",
    "更新量除以了位数。请看损失是求和还是平均。",
    lambda _, c, right: {n: g / len(c) for n, g in right.items()},
)


# The update.


def moved(solution: Solution, case: Case, claims: Claims) -> tuple[FloatArray, FloatArray]:
    """What one step with the default alpha adds to the weights, and what the claims say."""
    model = solution.BinaryAdder(2, case.sizes["H"], 1)
    vars(model).update({n: case.inputs[n] for n in SYNAPSES})
    model.train_step(*(case.inputs[n].astype(np.uint8) for n in "abc"))
    return tuple(  # type: ignore[return-value]  # two
        np.concatenate([(after[n] - case.inputs[n]).ravel() for n in SYNAPSES])
        for after in (vars(model), claims)
    )


def estimate_factor(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """How much larger the update is than it should be."""
    right, found = moved(solution, case, claims)
    return [float(found @ right / (right @ right))]


@wrong(
    "update-scaled",
    "Every update is {value} times as large as it should be. See the sign, the constant in the "
    "loss and alpha.",
    "所有更新都是应有值的 {value} 倍。请检查符号、损失中的常数和 alpha。",
    Parameter("factor", "step", "plain", estimate_factor),
)
class Scaled(Other):
    factor = 2.0

    def change(self, _: Bits, right: Synapses, /) -> Synapses:
        return {n: self.factor * g for n, g in right.items()}


@wrong(
    "gradient-clipped",
    "Gradients are clipped at {value}. The statement asks for exact gradients.",
    "梯度在 {value} 处被截断。题面要求精确的梯度。",
    Parameter(
        "most", "step", "one_sided", lambda *seen: [float(np.abs(moved(*seen)[1]).max()) / ALPHA]
    ),
)
class GradientClipped(Other):
    most = 1.0

    def change(self, _: Bits, right: Synapses, /) -> Synapses:
        return {n: np.clip(g, -self.most, self.most) for n, g in right.items()}


@wrong(
    "updates-not-cleared",
    "The accumulated updates are kept from call to call. Look at where they are set to zero.",
    "累积的更新量在两次调用之间没有清零。请检查清零的位置。",
)
class NotCleared(Other):
    def change(self, _: Bits, right: Synapses, /) -> Synapses:
        before = vars(self).get("before", {})
        self.before = {n: g + before.get(n, 0) for n, g in right.items()}
        return self.before


@wrong(
    "momentum",
    "The update has momentum {value}. The statement asks for plain gradient descent.",
    "更新带有动量 {value}，而题面要求普通的梯度下降。",
    Parameter("kept_part", "trajectory", "plain", one_of(0.9, 0.5, 0.8, 0.95, 0.99)),
)
class Momentum(Other):
    kept_part = 0.9

    def change(self, _: Bits, right: Synapses, /) -> Synapses:
        before = vars(self).get("velocity", {})
        self.velocity = {n: g + self.kept_part * before.get(n, 0) for n, g in right.items()}
        return self.velocity


@wrong(
    "state-kept-between-calls",
    "A sequence starts from the last hidden layer of the call before. Look at where the state is "
    "set to zero in each of your two methods.",
    "序列从上一次调用最后的隐藏层开始。请检查两个方法中状态各在哪里清零。",
    Parameter("by_training", "conduct", "plain", one_of(1, 0)),
)
class StateKept(BinaryAdder):
    by_training = 1.0  # or by forward
    inside = 0.0
    kept: FloatArray | None = None

    def first_state(self) -> FloatArray:
        fresh = super().first_state()
        return fresh if self.kept is None or self.inside != self.by_training else self.kept

    def forward(self, a: Bits, b: Bits) -> FloatArray:
        layer_2 = super().forward(a, b)
        if self.inside == self.by_training:
            self.kept = self.layer_1[-1]
        return layer_2

    def train_step(
        self, a: Bits, b: Bits, c: Bits, alpha: float = ALPHA
    ) -> tuple[Bits, np.floating[Any]]:
        self.inside = 1.0
        result = super().train_step(a, b, c, alpha)
        self.inside = 0.0
        return result


@wrong(
    "alpha-fixed",
    "alpha has no influence: every step is made with {value}. Look at the update.",
    "alpha 没有作用：每一步都用了 {value}。请检查更新。",
    Parameter("rate", "conduct", "plain", one_of(0.1, 1, 0.01, 0.5)),
)
class AlphaFixed(BinaryAdder):
    rate = 0.1

    def train_step(
        self, a: Bits, b: Bits, c: Bits, alpha: float = ALPHA
    ) -> tuple[Bits, np.floating[Any]]:
        alpha = self.rate
        return super().train_step(a, b, c, alpha)


@wrong(
    "updated-in-the-loop",
    "The weights change while the backward loop is running, so earlier steps see updated weights. "
    "Look at where the update stands.",
    "反向循环进行中权重就被更新了，较早的步看到的是更新后的权重。请检查更新所在的位置。",
)
class UpdatedInLoop(BinaryAdder):
    def train_step(
        self, a: Bits, b: Bits, c: Bits, alpha: float = ALPHA
    ) -> tuple[Bits, np.floating[Any]]:
        layer_2 = self.forward(a, b)
        delta_2 = self.output_delta(c)
        delta_1 = np.zeros_like(self.layer_1[0])
        for t in reversed(range(len(c))):
            d_layer_1 = self.carry(delta_1) + self.synapse_1[0] * delta_2[t]
            delta_1 = self.through_hidden(d_layer_1, t)
            self.synapse_1 = self.synapse_1 - alpha * delta_2[t] * self.layer_1[t + 1]
            self.synapse_h = self.synapse_h - alpha * np.outer(delta_1, self.layer_1[t])
            self.synapse_0 = self.synapse_0 - alpha * np.outer(delta_1, self.x[t])
        return self.bits(layer_2), self.overall_error(c, layer_2)
