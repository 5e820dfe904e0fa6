"""Ways to get binary_addition wrong: the reference with a piece or two changed, and what to tell.

grader/problems/mistakes.py says how a change is called. A message names the mathematics and where
to look; it never gives the answer away.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.model import Case, FloatArray, Parameter
from grader.problems.mistakes import Catalogue, one_of

Bits = NDArray[np.uint8]
Claims = Mapping[str, NDArray[Any]]
Synapses = dict[str, FloatArray]
Solution = Any  # whatever has a BinaryAdder
Model = Any  # a BinaryAdder
Piece = Callable[..., Any]  # of the reference, or what takes its place
Results = tuple[Any, Any]  # of train_step: bits and error

SYNAPSES = ("synapse_0", "synapse_1", "synapse_h")
ALPHA = 0.1
MISCONCEPTIONS = Catalogue()
wrong = MISCONCEPTIONS.wrong

# Integers as bits.

wrong(
    "bits-reversed",
    "int2binary returns the least significant bit first. Ask which power of two the first "
    "element stands for.",
    "int2binary 把最低位放在了最前面。想一想第一个元素代表 2 的几次方。",
    digits=lambda _me, right, *given: right(*given)[::-1],
)
wrong(
    "range-not-checked",
    "int2binary returns bits for a number that does not fit, too large or negative. See what "
    "the statement asks for then.",
    "int2binary 对放不下的数（过大或为负）也返回了结果。请看题面对这种情况的要求。",
    check_range=lambda *_: None,
)
wrong(
    "negative-not-refused",
    "int2binary accepts negative numbers. Look at both ends of the range that you check.",
    "int2binary 接受了负数。请检查范围的两端。",
    check_range=lambda _me, right, n, width: right(max(n, 0), width),
)
wrong(
    "numpy-not-checked",
    "int2binary refuses what does not fit if it is a Python int, and cuts it if it is a NumPy "
    "integer. Look at how you check the type.",
    "放不下的 Python int 被拒绝，但 NumPy 整数被截断。请检查类型判断。",
    int2binary=lambda _me, right, n, width=8: right(
        n if isinstance(n, int) else int(n) % 2**width, width
    ),
)
wrong(
    "always-eight-bits",
    "int2binary returns eight bits whatever binary_dim is.",
    "无论 binary_dim 是多少，int2binary 都返回 8 位。",
    digits=lambda _me, right, n, _width: right(n, 8),
)
wrong(
    "only-eight-bits",
    "Only the lowest eight bits of a number come out right: it is squeezed into a uint8 on the "
    "way.",
    "只有最低 8 位是对的：数在途中被转换成了 uint8。",
    digits=lambda _me, right, n, width: right(n % 256, width),
)
wrong(
    "float-bits",
    "int2binary returns floating-point numbers. Look at the dtype of the array you fill.",
    "int2binary 返回的是浮点数。请检查所填数组的 dtype。",
    digits=lambda _me, right, *given: right(*given).astype(float),
)

# Initial weights.

ORDERS = ((0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))


def redrawn(change: Callable[..., None]) -> Piece:
    """A constructor that draws the weights once more, from the same random numbers."""

    def init(me: Model, right: Piece, *sizes: int, **value: float) -> None:
        state = np.random.get_state()
        right(*sizes)
        np.random.set_state(state)
        change(me, **value)

    return init


def in_order(me: Model, order: float) -> None:
    """Draw in another order."""
    for name in (SYNAPSES[n] for n in ORDERS[int(order)]):
        setattr(me, name, me.drawn(*getattr(me, name).shape))


def turned(me: Model, which: float) -> None:
    """Draw some in the transposed shape, one bit of `which` for each."""
    for bit, name in enumerate(SYNAPSES):
        rows, columns = getattr(me, name).shape
        turn = int(which) >> bit & 1
        setattr(me, name, me.drawn(columns, rows).T if turn else me.drawn(rows, columns))


def seed_first(_me: Model, right: Piece, *sizes: int, own_seed: float) -> None:
    """Draw after a seed of one's own."""
    np.random.seed(int(own_seed))
    right(*sizes)


def estimate_low(_solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The lower end of the interval, from two of the numbers drawn."""
    np.random.seed(case.seed)
    low, high = np.random.random(2)
    first, second = claims["synapse_0"].flat[:2]
    return [float(first - low * (second - first) / (high - low))]


wrong(
    "initial-not-symmetric",
    "The initial weights are drawn from [{value}, 1). See the statement for the interval.",
    "初始权重取自区间 [{value}, 1)。请看题面要求的区间。",
    Parameter("low", "initialisation", "plain", estimate_low, 0.0),
    drawn=lambda _me, _right, *shape, low: low + (1 - low) * np.random.random(shape),
)
wrong(
    "initial-order",
    "The initial weights are the right numbers drawn in another order. Compare the order in "
    "which the constructor calls the random generator with the statement.",
    "初始权重的数值正确，但抽取顺序不同。请对照题面检查构造函数中随机数的调用次序。",
    Parameter("order", "initialisation", "plain", one_of(*range(5)), 0.0),
    __init__=redrawn(in_order),
)
wrong(
    "initial-transposed",
    "Initial weights hold the right numbers, but drawn in the transposed shape. Check the "
    "shapes you pass to the random generator.",
    "初始权重的随机数是按转置后的形状抽取的。请检查传给随机数函数的形状。",
    Parameter("which", "initialisation", "plain", one_of(*range(1, 8)), 1.0),
    __init__=redrawn(turned),
)
wrong(
    "initial-normal",
    "The initial weights are normally distributed. The statement names another distribution.",
    "初始权重服从正态分布，而题面要求的是另一种分布。",
    Parameter("scale", "initialisation", "plain", one_of(1, 0.1, 0.01), 1.0),
    drawn=lambda _me, _right, *shape, scale: np.random.randn(*shape) * scale,
)
wrong(
    "initial-own-seed",
    "The initial weights do not follow the seed that was set before: the constructor seeds "
    "numpy.random itself, with {value}.",
    "初始权重没有跟随外部设定的种子：构造函数自己把种子设成了 {value}。",
    Parameter(
        "own_seed", "initialisation", "plain", one_of(0, 1, 2, 7, 42, 100, 123, 1234, 2024), 0.0
    ),
    __init__=seed_first,
)
wrong(
    "hidden-dim-ignored",
    "The shapes of the weights do not follow hidden_dim: they are those of {value} hidden units.",
    "权重的形状没有跟随 hidden_dim：始终是 {value} 个隐藏单元。",
    Parameter("units", "initialisation", "plain", one_of(8, 16), 8.0),
    __init__=lambda _me, right, inputs=2, _hidden=8, outputs=1, *, units: right(
        inputs, int(units), outputs
    ),
)

# Forward.

wrong(
    "time-from-the-left",
    "The sequence is read from its most significant bit. Ask where a carry comes from when you "
    "add by hand.",
    "序列是从最高位开始读的。想一想手算加法时进位从哪里来。",
    forward=lambda _me, right, a, b: right(a[::-1], b[::-1])[::-1],
    gradients=lambda _me, right, c: right(c[::-1]),
)
wrong(
    "one-summand-reversed",
    "b is read from its other end than a. Look at the indices of both in the loop.",
    "a 与 b 的读取方向相反。请检查循环中两者的下标。",
    in_time=lambda _me, right, a, b: right(a, b[::-1]),
)
wrong(
    "recurrence-missing",
    "The hidden layer of the step before has no influence. Look at the sum inside the sigmoid.",
    "前一时间步的隐藏层没有影响。请检查 sigmoid 内的求和。",
    pre_activation=lambda me, _right, x_t, _former: me.synapse_0 @ x_t,
)
wrong(
    "hidden-tanh",
    "The hidden layer uses tanh. The statement names another activation.",
    "隐藏层用了 tanh，而题面要求的是另一种激活函数。",
    hidden=lambda _me, _right, z: np.tanh(z),
    through_hidden=lambda me, _right, d, t: d * (1 - me.layer_1[t + 1] ** 2),
)
wrong(
    "forward-rounds",
    "forward returns bits. See the statement for what it returns and what train_step does.",
    "forward 返回了取整后的位。请看题面规定它和 train_step 各返回什么。",
    forward=lambda _me, right, a, b: np.round(right(a, b)),
)

# The error and the bits of a training step.


def add_up(me: Model, right: Piece, c: Bits, layer_2: FloatArray) -> Any:  # noqa: ANN401  # of any precision
    """The error of all calls."""
    me.total = getattr(me, "total", 0) + right(c, layer_2)
    return me.total


def bits_after(me: Model, right: Piece, a: Bits, b: Bits, c: Bits, alpha: float = ALPHA) -> Results:
    """The bits of the updated weights."""
    _, overall_error = right(a, b, c, alpha)
    return me.bits(me.forward(a, b)), overall_error


def error_after(
    me: Model, right: Piece, a: Bits, b: Bits, c: Bits, alpha: float = ALPHA
) -> Results:
    """The error of the updated weights."""
    d, _ = right(a, b, c, alpha)
    return d, me.overall_error(c, me.forward(a, b))


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
    wrong(
        f"error-{_id}",
        f"overall_error is {_en}. Compare it with the statement's definition.",
        f"overall_error 是{_zh}。请与题面的定义对照。",
        overall_error=lambda _me, _right, c, layer_2, error=_error: error(c, layer_2),
    )

wrong(
    "error-over-all-calls",
    "overall_error goes on from the call before. Look at where it is set to zero.",
    "overall_error 接着上一次调用继续累加。请检查它在哪里清零。",
    overall_error=add_up,
)
wrong(
    "bits-not-rounded",
    "d holds the outputs themselves. See the statement for what it is.",
    "d 就是输出本身。请看题面规定 d 是什么。",
    bits=lambda _me, _right, layer_2: layer_2,
)
wrong(
    "bits-cut",
    "Every bit of d is 0: outputs between 0 and 1 are cut off, not rounded.",
    "d 的每一位都是 0：0 到 1 之间的输出被截断而不是四舍五入。",
    bits=lambda _me, _right, layer_2: np.floor(layer_2),
)

# Gradients.


def begin_with_kept(me: Model, right: Piece, delta_2: FloatArray) -> FloatArray:
    """Leave the last delta for the next sequence."""
    me.start = getattr(me, "last_delta", None)
    delta_1 = right(delta_2)
    me.last_delta = delta_1[0]
    return delta_1


def carry_kept(me: Model, right: Piece, future: FloatArray) -> FloatArray:
    """Carry what was left, at the last step."""
    future, me.start = (future if me.start is None else me.start), None
    return right(future)


def recursion(step: Callable[..., tuple[FloatArray, FloatArray]]) -> Piece:
    """Hidden deltas where step(me, carried, part of the output, t) gives one and what goes on."""

    def hidden_delta(me: Model, _right: Piece, delta_2: FloatArray) -> FloatArray:
        delta_1 = np.zeros_like(me.layer_1[1:])
        carried = np.zeros_like(delta_1[0])
        for t in reversed(range(len(delta_2))):
            delta_1[t], carried = step(me, me.carry(carried), me.synapse_1[0] * delta_2[t], t)
        return delta_1

    return hidden_delta


def raw(me: Model, carried: FloatArray, part: FloatArray, t: int) -> tuple[FloatArray, FloatArray]:
    """What is carried has not passed the derivative."""
    return me.through_hidden(carried + part, t), carried + part


def first_step_only(_me: Model, right: Piece, *parts: FloatArray) -> FloatArray:
    """The gradient of a synapse in one time step."""
    return right(*(part[:1] for part in parts))


wrong(
    "future-delta-not-carried",
    "Nothing flows back from the step after. Look at what the backward loop hands on.",
    "后一时间步没有任何梯度传回。请检查反向循环传递了什么。",
    carry=lambda _me, _right, future: 0 * future,
)
wrong(
    "future-delta-kept",
    "The delta of one sequence flows into the next one. Look at where it is set to zero.",
    "一个序列的 delta 流入了下一个序列。请检查它在哪里清零。",
    hidden_delta=begin_with_kept,
    carry=carry_kept,
)
wrong(
    "future-delta-without-slope",
    "What is carried back lacks the derivative of the sigmoid of its step. Follow the chain.",
    "传回的梯度缺少该步 sigmoid 的导数。请沿链条检查。",
    hidden_delta=recursion(raw),
)
wrong(
    "output-slope-missing",
    "The delta of the output lacks the derivative of its sigmoid, as with a cross-entropy "
    "loss. See the loss in the statement.",
    "输出的 delta 缺少 sigmoid 的导数（像交叉熵损失那样）。请看题面中的损失。",
    output_delta=lambda me, _right, c: me.layer_2 - c[::-1],
)
wrong(
    "hidden-slope-missing",
    "The hidden deltas lack the derivative of the sigmoid. Follow the chain into the hidden layer.",
    "隐藏层的 delta 缺少 sigmoid 的导数。请沿链条检查到隐藏层内部。",
    through_hidden=lambda _me, _right, d_layer_1, _t: d_layer_1,
)
wrong(
    "hidden-slope-of-pre-activation",
    "In the hidden layer z (1 - z) is taken of what goes into the sigmoid. Ask what that "
    "formula wants to be given.",
    "隐藏层的 z (1 - z) 用在了 sigmoid 的输入上。想一想这个公式应当代入什么。",
    through_hidden=lambda me, _right, d_layer_1, t: me.through_sigmoid(
        d_layer_1, me.pre_activation(me.x[t], me.layer_1[t])
    ),
)
wrong(
    "sigmoid-twice-in-slope",
    "The derivative applies the sigmoid once more to what is its value already. Look at what "
    "you pass to the derivative.",
    "求导时对已经是 sigmoid 值的数又做了一次 sigmoid。请检查传给导数函数的是什么。",
    sigmoid_slope=lambda me, right, value: right(me.sigmoid(value)),
)
wrong(
    "inputs-reversed-in-backward",
    "The backward pass reads a and b from the wrong end. Look at their indices there.",
    "反向传播从错误的一端读取 a 和 b。请检查那里的下标。",
    d_synapse_0=lambda _me, right, delta_1, x: right(delta_1, x[::-1]),
)
wrong(
    "averaged-over-bits",
    "The updates are divided by the number of bits. See whether the loss is a sum or a mean.",
    "更新量除以了位数。请看损失是求和还是平均。",
    gradients=lambda _me, right, c: {n: g / len(c) for n, g in right(c).items()},
)

# The update.


def moved(solution: Solution, case: Case, claims: Claims) -> tuple[FloatArray, FloatArray]:
    """What one step with the default alpha adds to the weights, and what the claims say."""
    model = solution.BinaryAdder(2, case.sizes["H"], 1)
    vars(model).update({n: case.inputs[n] for n in SYNAPSES})
    model.train_step(*(case.inputs[n].astype(np.uint8) for n in "abc"))
    right, found = (
        np.concatenate([(after[n] - case.inputs[n]).ravel() for n in SYNAPSES])
        for after in (vars(model), claims)
    )
    return right, found


def estimate_factor(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """How much larger the update is than it should be."""
    right, found = moved(solution, case, claims)
    return [float(found @ right / (right @ right))]


def pile_up(me: Model, right: Piece, c: Bits) -> Synapses:
    """The gradients of all calls."""
    before = getattr(me, "before", {})
    me.before = {n: g + before.get(n, 0) for n, g in right(c).items()}
    return me.before


def go_on(me: Model, right: Piece, gradients: Synapses, alpha: float, *, kept: float) -> None:
    """A step that goes on."""
    before = getattr(me, "velocity", {})
    me.velocity = {n: g + kept * before.get(n, 0) for n, g in gradients.items()}
    right(me.velocity, alpha)


def start_from_kept(me: Model, right: Piece, by_training: float) -> FloatArray:
    """The last state of the call before, by train_step or by forward."""
    fresh: FloatArray = right()
    return getattr(me, "last_state", fresh) if getattr(me, "inside", 0.0) == by_training else fresh


def keep_state(me: Model, right: Piece, a: Bits, b: Bits, by_training: float) -> FloatArray:
    """Keep the last state."""
    layer_2 = right(a, b)
    if getattr(me, "inside", 0.0) == by_training:
        me.last_state = me.layer_1[-1]
    return layer_2


def inside_training(me: Model, right: Piece, *given: Any, by_training: float) -> Results:  # noqa: ANN401, ARG001  # whatever train_step takes
    """Know a forward pass of train_step."""
    me.inside = 1.0
    results: Results = right(*given)
    me.inside = 0.0
    return results


def update_in_loop(
    me: Model, _right: Piece, a: Bits, b: Bits, c: Bits, alpha: float = ALPHA
) -> Results:
    """Update within the loop over time."""
    layer_2, delta_2 = me.forward(a, b), me.output_delta(c)
    delta_1 = np.zeros_like(me.layer_1[0])
    for t in reversed(range(len(c))):
        delta_1 = me.through_hidden(me.carry(delta_1) + me.synapse_1[0] * delta_2[t], t)
        gradients = {
            "synapse_0": np.outer(delta_1, me.x[t]),
            "synapse_1": delta_2[t] * me.layer_1[t + 1],
            "synapse_h": np.outer(delta_1, me.layer_1[t]),
        }
        me.descend(gradients, alpha)
    return me.bits(layer_2), me.overall_error(c, layer_2)


wrong(
    "update-scaled",
    "Every update is {value} times as large as it should be. See the sign, the constant in the "
    "loss and alpha.",
    "所有更新都是应有值的 {value} 倍。请检查符号、损失中的常数和 alpha。",
    Parameter("factor", "step", "plain", estimate_factor, 2.0),
    updated=lambda _me, right, synapse, gradient, alpha, factor: right(
        synapse, gradient, factor * alpha
    ),
)
wrong(
    "gradient-clipped",
    "Gradients are clipped at {value}. The statement asks for exact gradients.",
    "梯度在 {value} 处被截断。题面要求精确的梯度。",
    Parameter(
        "most",
        "step",
        "one_sided",
        lambda *seen: [float(np.abs(moved(*seen)[1]).max()) / ALPHA],
        1.0,
    ),
    gradients=lambda _me, right, c, most: {n: np.clip(g, -most, most) for n, g in right(c).items()},
)
wrong(
    "updates-not-cleared",
    "The accumulated updates are kept from call to call. Look at where they are set to zero.",
    "累积的更新量在两次调用之间没有清零。请检查清零的位置。",
    gradients=pile_up,
)
wrong(
    "momentum",
    "The update has momentum {value}. The statement asks for plain gradient descent.",
    "更新带有动量 {value}，而题面要求普通的梯度下降。",
    Parameter("kept", "trajectory", "plain", one_of(0.9, 0.5, 0.8, 0.95, 0.99), 0.9),
    descend=go_on,
)
wrong(
    "state-kept-between-calls",
    "A sequence starts from the last hidden layer of the call before. Look at where the state "
    "is set to zero in each of your two methods.",
    "序列从上一次调用最后的隐藏层开始。请检查两个方法中状态各在哪里清零。",
    Parameter("by_training", "conduct", "plain", one_of(1, 0), 1.0),
    first_state=start_from_kept,
    forward=keep_state,
    train_step=inside_training,
)
wrong(
    "alpha-fixed",
    "alpha has no influence: every step is made with {value}. Look at the update.",
    "alpha 没有作用：每一步都用了 {value}。请检查更新。",
    Parameter("alpha", "conduct", "plain", one_of(0.1, 1, 0.01, 0.5), 0.1),
    updated=lambda _me, right, synapse, gradient, _given, alpha: right(synapse, gradient, alpha),
)
wrong(
    "updated-in-the-loop",
    "The weights change while the backward loop is running, so earlier steps see updated "
    "weights. Look at where the update stands.",
    "反向循环进行中权重就被更新了，较早的步看到的是更新后的权重。请检查更新所在的位置。",
    train_step=update_in_loop,
)
