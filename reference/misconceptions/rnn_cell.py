"""Ways to get rnn_cell wrong: the reference with a piece or two changed, and what to tell.

grader/problems/mistakes.py says how a change is called. A message names the mathematics and where
to look; it never gives the answer away.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.model import Case, FloatArray, Parameter
from grader.problems.mistakes import Catalogue

Claims = Mapping[str, NDArray[Any]]
Solution = Any  # whatever has the functions of the reference
Piece = Callable[..., Any]  # of the reference, or what takes its place
Cache = Any
Gradients = dict[str, Any]
Results = Any  # three, or what stands for them

WEIGHTS = ("dWam", "dWaa", "dba")
KEPT = 32  # solutions and cases: estimates for one submission after the other ask for the same
MISCONCEPTIONS = Catalogue()
wrong = MISCONCEPTIONS.wrong

# Softmax.


def shares(a: FloatArray, axis: int | None = 0) -> FloatArray:
    """The exponentials of a as they are, divided by their sum."""
    powers = np.exp(a)
    return powers / powers.sum(axis=axis, keepdims=True)


wrong(
    "softmax-over-rows",
    "Softmax is taken along the rows. Columns are samples: ask over which axis the "
    "probabilities of one sample lie.",
    "softmax 沿着行计算了。每一列是一个样本：想一想同一样本的概率排在哪个轴上。",
    softmax=lambda _me, right, a: right(a.T).T,
)
wrong(
    "softmax-over-everything",
    "The exponentials are divided by the sum over the whole matrix, so the columns do not sum "
    "to 1 each. Look at the axis of the sum.",
    "指数除以了整个矩阵的总和，各列之和不为 1。请检查求和的 axis。",
    softmax=lambda _me, _right, a: shares(a - a.max(axis=0), axis=None),
)

SHIFTS: dict[str, Callable[[FloatArray], Any]] = {
    "none": lambda _: 0,
    "global": lambda a: a.max(),
    "mean": lambda a: a.mean(axis=0),
    "minimum": lambda a: a.min(axis=0),
    "not-negative": lambda a: np.maximum(a.max(axis=0), 0),
}
for _name, _shift in SHIFTS.items():
    wrong(
        f"softmax-shift-{_name}",
        "Where a softmax is computed, the exponentials overflow or all of a column's vanish. Try a "
        "column near 1000 beside one near -1000, and look at what is subtracted from each.",
        "计算 softmax 时指数溢出，或某列的指数全部下溢为零。"
        "试试一列在 1000 附近、另一列在 -1000 附近，看看每列减去了什么。",
        softmax=lambda _me, _right, a, shift=_shift: shares(a - shift(a)),
    )


# Forward.


def not_handed_on(_me: Solution, right: Piece, x: FloatArray, a0: FloatArray, p: Claims) -> Results:
    """Every step by itself."""
    steps = [right(x[:, :, [t]], a0, p) for t in range(x.shape[2])]
    joined = (np.concatenate([s[part] for s in steps], axis=2) for part in (1, 2))
    return [s[0][0] for s in steps], next(joined), next(joined)


def kept_state(me: Solution, right: Piece, x: FloatArray, a0: FloatArray, p: Claims) -> Results:
    """Start where the last sequence of these sizes ended."""
    states = me.memory.setdefault("states", {})
    result = right(x, states.get(a0.shape, a0), p)
    states[a0.shape] = result[1][:, :, -1]
    return result


def inside(me: Solution, right: Piece, *given: Any) -> Results:  # noqa: ANN401  # whatever a sequence takes
    """A sequence whose steps know that they are steps of one."""
    me.memory["inside"] = True
    try:
        return right(*given)
    finally:
        me.memory["inside"] = False


def seen_as(change: Callable[[FloatArray, FloatArray], Any], *which: int) -> Piece:
    """States and outputs of a sequence, or one of them, as change(a or y, a0)."""
    return lambda _me, right, x, a0, p: tuple(
        change(part, a0) if n in which else part for n, part in enumerate(right(x, a0, p))
    )


for _id, _en, _zh, _function, _slope in (
    ("sigmoid", "the logistic function", "sigmoid", lambda z: (1 + np.tanh(z / 2)) / 2, None),
    ("relu", "ReLU", "ReLU", lambda z: np.maximum(z, 0), lambda a: a > 0),
    ("linear", "the identity", "恒等函数", lambda z: z, np.ones_like),
):
    wrong(
        f"state-{_id}",
        f"The state comes from {_en}. Look at the activation in the statement.",
        f"状态用的激活函数是{_zh}。请看题面要求的激活函数。",
        activation=lambda _me, _right, z, f=_function: f(z),
        tanh_slope=lambda _me, _right, a, f=_slope: f(a) if f else a * (1 - a),
    )

wrong(
    "recurrence-missing",
    "The former state has no influence on the new one. Look at the terms inside tanh.",
    "前一时刻的状态对新状态没有影响。请检查 tanh 内的各项。",
    recurrent=lambda _me, right, a, p: right(0 * a, p),
)
wrong(
    "state-not-handed-on",
    "Every step starts from a0. Look at which state each pass of the loop is given.",
    "每一步都从 a0 开始。请检查循环每次传入的是哪个状态。",
    RNN_forward=not_handed_on,
)

for _part, _what, _was in ((1, "a", "states"), (2, "y", "outputs")):
    wrong(
        f"all-{_was}-the-last",
        f"Every step of {_what} holds the values of the last step. Look for one buffer that is "
        "stored for every step, or a loop that assigns to the whole array.",
        f"{_what} 的每一步都是最后一步的值。请查找每步都存入的同一个缓冲区，或对整个数组的赋值。",
        RNN_forward=seen_as(lambda v, _: np.repeat(v[:, :, -1:], v.shape[2], axis=2), _part),
    )

wrong(
    "state-kept-between-calls",
    "A sequence starts where the last one ended, whatever a0 is. See what the first step is given.",
    "序列从上一个序列结束的地方开始，不管 a0 是什么。请看传给第一步的状态。",
    RNN_forward=kept_state,
)
wrong(
    "time-brought-forward-by-reshape",
    "The steps of x are cut out by reshape, which mixes samples and features. Ask which "
    "function moves an axis and which one only renumbers the elements.",
    "x 的各步是用 reshape 取出的，样本和特征被混在了一起。想一想哪个函数移动轴，哪个只是重新编号。",
    RNN_forward=lambda _me, right, x, a0, p: right(
        np.moveaxis(x.reshape(x.shape[2], *x.shape[:2]), 0, 2), a0, p
    ),
)
wrong(
    "tanh-overflows",
    "The hyperbolic tangent is made of exponentials that overflow, and inf / inf is nan. Try 1000.",
    "双曲正切由会溢出的指数拼成，inf / inf 得到 nan。用 1000 试一试。",
    activation=lambda _me, _right, z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)),
)

# Backward, one step. Many write the step once more inside the loop of the sequence: then a mistake
# is in the cell alone, which is another entry.

ALONE = (
    " The sequence does not have this mistake: compare it with your loop.",
    "序列反向没有这个错误：请与循环中的写法对照。",
)


def outside(change: Piece) -> Piece:
    """A change that a sequence does not have."""
    return lambda me, right, *given: (
        right(*given) if me.memory.get("inside") else change(me, right, *given)
    )


def usual(identity: str, en: str, zh: str, **changes: Piece) -> None:
    """List a mistake that is usual in one step, and the same where only the cell has it."""
    wrong(identity, en, zh, **changes)
    alone: dict[str, Piece] = {n: outside(c) for n, c in changes.items()} | {"RNN_backward": inside}
    wrong(f"{identity}-in-the-cell", en + ALONE[0], zh + ALONE[1], **alone)


wrong(
    "d-next-ignored",
    "The gradient that comes in has no influence on what the cell's backward step returns. The "
    "chain rule is a product: look for its other factor.",
    "传入的梯度对单步反向的结果毫无影响。链式法则是乘积：请检查另一个因子。",
    through_tanh=lambda _me, right, _d, c: right(1 + 0 * c.a_now, c),
)

usual(
    "derivative-missing",
    "The gradient passes tanh unchanged. Follow the chain from a_now to what is inside tanh.",
    "梯度原样穿过了 tanh。请沿着从 a_now 到 tanh 内部的链条检查。",
    through_tanh=lambda _me, _right, d, _c: d,
)


wrong(
    "derivative-without-square",
    "The derivative of tanh is wrong by a power. Derive it anew from the value of tanh.",
    "tanh 的导数中幂次不对。请用 tanh 的值重新推导。",
    tanh_slope=lambda _me, _right, a: 1 - a,
)

usual(
    "derivative-of-activated",
    "tanh is applied to the state once more inside its derivative. Ask what the cache holds: "
    "the value before tanh or after it.",
    "求导数时对状态又做了一次 tanh。想一想缓存里是 tanh 之前还是之后的值。",
    tanh_slope=lambda _me, right, a: right(np.tanh(a)),
)


usual(
    "dba-not-summed",
    "dba still has a column for each sample. ba serves all of them: ask what that means for "
    "its gradient.",
    "dba 仍然每个样本一列。ba 作用于所有样本：想一想这对它的梯度意味着什么。",
    d_ba=lambda _me, _right, d_z: d_z,
)


wrong(
    "da-former-untransposed",
    "da_former multiplies by Waa the wrong way round. Ask which index is summed over on the "
    "way back.",
    "da_former 与 Waa 相乘时行列用反了。想一想往回传时对哪个下标求和。",
    d_a_former=lambda _me, _right, d_z, c: c.Waa @ d_z,
)

usual(
    "dwaa-current-state",
    "dWaa is formed with the state after the step. Ask what Waa was multiplied by.",
    "dWaa 用的是该步之后的状态。想一想 Waa 乘的是什么。",
    d_Waa=lambda _me, _right, d_z, c: d_z @ c.a_now.T,
)


usual(
    "dba-mean",
    "dba is a mean over the batch. ba serves every column: see how the other weights add them up.",
    "dba 对批次取了平均。ba 作用于每一列：看看其他权重是如何累加各列的。",
    d_ba=lambda _me, right, d_z: right(d_z) / d_z.shape[1],
)

wrong(
    "weights-averaged",
    "The gradients of all weights are divided by the batch size. The gradient that is given "
    "belongs to the loss itself; see the statement.",
    "所有权重的梯度都除以了批次大小。给定的梯度就是损失本身的梯度，请看题面。",
    d_Wam=lambda _me, right, d_z, c: right(d_z, c) / d_z.shape[1],
    d_Waa=lambda _me, right, d_z, c: right(d_z, c) / d_z.shape[1],
    d_ba=lambda _me, right, d_z: right(d_z) / d_z.shape[1],
)

# Backward, the sequence.


@lru_cache(KEPT)
def true_dx(solution: Solution, case: Case) -> FloatArray:
    """The gradient of x as it should be, to be read only."""
    caches, _, _ = solution.RNN_forward(case.inputs["x"], case.inputs["a0"], case.inputs)
    dx: FloatArray = solution.RNN_backward(case.inputs["da"], caches)["dx"]
    return dx


def from_the_end(solution: Solution, case: Case, claims: Claims) -> list[int]:
    """How many steps before the last the first wrong dx lies, if not just before it."""
    right = true_dx(solution, case)
    bad = np.abs(claims["dx"] - right).max(axis=(0, 1)) > 1e-9 * np.abs(right).max()
    found = right.shape[2] - 1 - int(np.flatnonzero(bad)[-1])
    return [found] if found > 1 else []


def largest(group: str, default: float, of: Callable[[Case, Claims], Any]) -> Parameter:
    """A bound, read off the claims where no gradient is small."""

    def estimate(_: Solution, case: Case, claims: Claims) -> list[float]:
        bound = float(np.max(of(case, claims)))
        return [bound] if bound > 0 else []

    return Parameter("most", group, "far_gradients", estimate, default)


def shortened(
    _me: Solution, right: Piece, steps: Sequence[Gradients], da0: FloatArray, *, most: float
) -> Gradients:
    """The gradients of the weights, together no longer than the bound."""
    whole = right(steps, da0)
    norm = np.sqrt(sum((whole[n] ** 2).sum() for n in WEIGHTS))
    return {**whole, **{n: whole[n] * min(1, most / norm) for n in WEIGHTS if norm}}


def piling_up(me: Solution, _right: Piece, da: FloatArray, caches: Sequence[Cache]) -> Gradients:
    """The carried gradients of all later steps are added up."""
    steps: list[Gradients] = []
    carried = np.zeros_like(da[:, :, 0])
    for t in reversed(range(len(caches))):
        d_now = me.reaching(da, t, carried)
        steps.insert(0, me.rnn_cell_backward(d_now, caches[t]))
        carried = carried + steps[0]["da_former"]
    return me.over_time(steps, carried)


def adding_up(me: Solution, right: Piece, steps: Sequence[Gradients], da0: FloatArray) -> Gradients:
    """The gradients of the weights go on from the last call for these sizes."""
    whole = right(steps, da0)
    sums = me.memory.setdefault("sums", {})
    before = sums.get(whole["dWam"].shape, {})
    sums[whole["dWam"].shape] = {n: before.get(n, 0) + whole[n] for n in WEIGHTS}
    return {**whole, **sums[whole["dWam"].shape]}


def not_reset(
    me: Solution, right: Piece, da: FloatArray, t: int, from_next: FloatArray
) -> FloatArray:
    """The last step, too, gets a carried gradient, that of an earlier sequence of its sizes."""
    if t == da.shape[2] - 1:
        from_next = me.memory.get("kept", {}).get(from_next.shape, from_next)
    return right(da, t, from_next)


def keeping(me: Solution, right: Piece, da: FloatArray, caches: Sequence[Cache]) -> Gradients:
    """Leave the carried gradient for the next call."""
    whole: Gradients = right(da, caches)
    me.memory.setdefault("kept", {})[whole["da0"].shape] = whole["da0"]
    return whole


wrong(
    "carry-missing",
    "The gradient of step t+1 never reaches step t. Look at what your backward loop hands from "
    "one pass to the next.",
    "第 t+1 步的梯度没有传回第 t 步。请检查反向循环在两次迭代之间传递了什么。",
    reaching=lambda _me, _right, da, t, _next: da[:, :, t],
)
wrong(
    "loss-gradient-not-added",
    "Only the last step looks at da, the others get the carried gradient alone. Count the ways "
    "in which a_t influences the loss.",
    "只有最后一步用到了 da，其余各步只有传回的梯度。数一数 a_t 通过几条路径影响损失。",
    reaching=lambda _me, _right, da, t, from_next: (
        da[:, :, t] if t == da.shape[2] - 1 else from_next
    ),
)
wrong(
    "carry-before-tanh",
    "Within the sequence the carried gradient lacks the derivative of tanh; a single step is "
    "right. Follow the chain from a_t to a_{t-1}.",
    "序列中传回的梯度缺少 tanh 的导数，而单步是对的。请沿着从 a_t 到 a_{t-1} 的链条检查。",
    carried=lambda _me, _right, d_now, _step, c: c.Waa.T @ d_now,
)
wrong(
    "carry-untransposed",
    "Within the sequence the carried gradient uses Waa the wrong way round; a single step is "
    "right. Compare the two.",
    "序列中传回的梯度与 Waa 相乘时行列用反了，而单步是对的。请对照两处。",
    carried=lambda me, _right, d_now, _step, c: c.Waa @ me.through_tanh(d_now, c),
)
wrong(
    "da0-zero",
    "da0 is zero, as it was initialised. Ask what is carried back from the first step.",
    "da0 仍是初始化的零。想一想第一步往回传的是什么。",
    over_time=lambda _me, right, steps, da0: right(steps, 0 * da0),
)
wrong(
    "weights-averaged-over-time",
    "The gradients of the weights are divided by T. The loss's gradients are given; see how "
    "often each weight is used.",
    "权重的梯度除以了 T。损失的梯度已经给定；想一想每个权重用了几次。",
    total=lambda _me, right, steps, n: right(steps, n) / len(steps),
)
wrong(
    "truncated",
    "The gradient is carried back over the last {value} step(s) only. Look for a condition on "
    "t in the backward loop.",
    "梯度只在最后 {value} 步内传回。请检查反向循环中对 t 的条件。",
    Parameter(
        "steps",
        "sequence_backward",
        "remembering",
        lambda *seen: [k - 1 for k in from_the_end(*seen)],
        20.0,
    ),
    reaching=lambda _me, right, da, t, from_next, steps: right(
        da, t, from_next if da.shape[2] - 1 - t <= steps else 0 * from_next
    ),
    over_time=lambda _me, right, all_, da0, steps: right(
        all_, da0 if len(all_) <= steps else 0 * da0
    ),
)
wrong(
    "carry-dropped-in-windows",
    "The carried gradient is dropped every {value} steps. Look for a reset in the backward loop.",
    "传回的梯度每 {value} 步被丢弃一次。请查找反向循环中的清零。",
    Parameter("window", "sequence_backward", "remembering", from_the_end, 100.0),
    reaching=lambda _me, right, da, t, from_next, window: right(
        da, t, from_next if (da.shape[2] - 1 - t) % window else 0 * from_next
    ),
)
wrong(
    "gradient-clipped",
    "The gradient before tanh is clipped at {value}. The statement asks for exact gradients.",
    "tanh 之前的梯度在 {value} 处被截断。题面要求精确的梯度。",
    largest("cell_backward", 5.0, lambda case, claims: claims["dba"] / case.sizes["m"]),
    through_tanh=lambda _me, right, d, c, most: np.clip(right(d, c), -most, most),
)
wrong(
    "carry-clipped",
    "The carried gradient is clipped at {value}. The statement asks for exact gradients.",
    "传回的梯度在 {value} 处被截断。题面要求精确的梯度。",
    largest("sequence_backward", 1.0, lambda _, claims: np.abs(claims["da0"])),
    carried=lambda _me, right, *step, most: np.clip(right(*step), -most, most),
)
wrong(
    "norm-clipped",
    "The gradients of the weights are scaled down to a norm of {value}. The statement asks for "
    "exact gradients.",
    "权重的梯度被缩小到范数 {value}。题面要求精确的梯度。",
    largest(
        "sequence_backward",
        1e4,
        lambda _, claims: np.sqrt(sum((claims[n] ** 2).sum() for n in WEIGHTS)),
    ),
    over_time=shortened,
)
wrong(
    "carried-gradients-pile-up",
    "What is carried back is the sum over all later steps. The step after t hands on all there "
    "is: look for += where the carried gradient is set.",
    "往回传的是之后所有步的总和。第 t 步之后的那一步已经带上了全部：请检查设定它时是否用了 +=。",
    RNN_backward=piling_up,
)
wrong(
    "gradients-accumulate",
    "The gradients of the weights go on growing from one call to the next. Look at where they "
    "are set to zero.",
    "权重的梯度在各次调用之间不断累加。请检查它们在哪里清零。",
    over_time=adding_up,
)
wrong(
    "carry-not-reset",
    "The carried gradient of one sequence flows into the last step of the next one. Look at "
    "where it is set before the backward loop.",
    "一个序列传回的梯度流入了下一个序列的最后一步。请检查反向循环之前它在哪里被设定。",
    reaching=not_reset,
    RNN_backward=keeping,
)

# Conduct.

wrong(
    "softmax-in-place",
    "softmax changes its argument. Look for an operation in place, such as -=.",
    "softmax 改动了传入的参数。请查找 -= 之类的原地运算。",
    softmax=lambda _me, right, a: right(np.subtract(a, a.max(axis=0), out=a)),
)
wrong(
    "d-next-in-place",
    "The cell's backward step changes d_next. Look for an operation in place, such as *=.",
    "单步反向改动了 d_next。请查找 *= 之类的原地运算。",
    through_tanh=lambda _me, _right, d, c: np.multiply(d, 1 - c.a_now**2, out=d),
)
wrong(
    "da-in-place",
    "The sequence's backward pass changes da. Look for an operation in place, such as +=.",
    "序列反向改动了 da。请查找 += 之类的原地运算。",
    reaching=lambda _me, _right, da, t, from_next: np.add(da[:, :, t], from_next, out=da[:, :, t]),
)
