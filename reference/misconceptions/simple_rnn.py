"""Ways to get simple_rnn wrong: the reference with a piece or two changed, and what to tell.

grader/problems/mistakes.py says how a change is called. A parameter that is left open is estimated
from what a submission returned. A message names the mathematics and where to look; it never gives
the answer away.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.model import Case, FloatArray, Parameter
from grader.problems.mistakes import Catalogue, one_of

Model = Any  # the reference's SimpleRNN
Solution = Any  # whatever has a SimpleRNN
Piece = Callable[..., Any]  # of the reference, or what takes its place
Claims = Mapping[str, NDArray[Any]]
Gradients = dict[str, FloatArray]

MATRICES = ("W_xh", "W_hh", "W_hy")
WEIGHTS = (*MATRICES, "b_h", "b_y")
KEPT = 32  # solutions and cases: estimates for one submission after the other ask for the same
LEARNING_RATE = 0.01
MISCONCEPTIONS = Catalogue()
wrong = MISCONCEPTIONS.wrong


# How a parameter is read off claims.


def fresh(solution: Solution, case: Case) -> Model:
    """A new model of the case's sizes."""
    return solution.SimpleRNN(*(case.sizes[n] for n in "IHO"))


def load(model: Model, weights: Mapping[str, FloatArray]) -> None:
    """Put weights into a model, by name."""
    for name, value in weights.items():
        setattr(model, name, value)


def loaded(solution: Solution, case: Case) -> Model:
    """A model with the case's weights."""
    model = fresh(solution, case)
    load(model, {n: case.inputs[n] for n in WEIGHTS})
    return model


def run(solution: Solution, case: Case) -> Model:
    """A model with the case's weights, after its forward pass."""
    model = loaded(solution, case)
    model.forward(case.inputs["x"])
    return model


@lru_cache(KEPT)
def true_gradients(solution: Solution, case: Case) -> Gradients:
    """The gradients of one step as they should be, to be read only."""
    gradients: Gradients = run(solution, case).gradients(case.inputs["x"], case.inputs["y"])
    return gradients


def one_step(solution: Solution, case: Case, claims: Claims) -> tuple[Gradients, Gradients]:
    """The gradients of one step as they should be, and as the claimed weights imply."""
    claimed: Gradients = {n: (case.inputs[n] - claims[n]) / LEARNING_RATE for n in WEIGHTS}
    return true_gradients(solution, case), claimed


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
    model = fresh(solution, case)
    load(model, then)
    x, y = (case.inputs[n][1 % case.sizes["N"]] for n in ("x_steps", "y_steps"))
    model.forward(x)
    first = flat({n: start[n] - claims[n][0] for n in WEIGHTS})
    second = flat({n: then[n] - claims[n][1] for n in WEIGHTS})
    return first, second, LEARNING_RATE * flat(model.gradients(x, y))


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


# Calls that disturb each other, and arguments that change.


def keep_carried(me: Model, right: Piece, d_a: FloatArray) -> FloatArray:
    """Keep what was handed on last: after a sequence, what is carried past its first step."""
    me.left_over = right(d_a)
    return me.left_over


def add_to_totals(me: Model, right: Piece, x: FloatArray, y: FloatArray) -> Gradients:
    """The gradients of all calls so far."""
    last = getattr(me, "totals", dict.fromkeys(WEIGHTS, 0.0))
    me.totals = {n: last[n] + g for n, g in right(x, y).items()}
    return me.totals


def keep_history(me: Model, right: Piece, x: FloatArray, **_: float) -> FloatArray:
    """Keep states, outputs and inputs of all calls, and leave those of the first for backward."""
    outputs = right(x)
    past: tuple[list[Any], ...] = getattr(me, "past", ([], [], []))
    me.past = [*past[0], *me.h], [*past[1], *outputs], [*past[2], *x]
    me.h = me.past[0][: len(x) + 1]
    me.outputs = np.stack(me.past[1][: len(x)])
    return outputs


KEYS: tuple[Callable[[FloatArray], Any], ...] = (
    lambda x: (x.shape, x.tobytes()),
    lambda x: x.shape,
    len,
    lambda _: 0,
)


def remember(me: Model, right: Piece, x: FloatArray, key_and_depth: float) -> FloatArray:
    """The outputs of the first call with that key; with depth, its states and inputs too."""
    key, depth = divmod(int(key_and_depth), 3)
    me.seen = getattr(me, "seen", {})
    outputs = right(x)
    found = me.seen.setdefault(KEYS[key](x), (me.h, outputs, x))
    if found[1].shape == outputs.shape and depth > 0:
        me.h, me.outputs, _ = found
    me.x = found[2] if found[2].shape == x.shape and depth > 1 else x
    return found[1]


def spoil_targets(
    me: Model, right: Piece, x: FloatArray, y: FloatArray, rate: float, *, minus: float
) -> None:
    """Leave the errors in the array of targets."""
    errors = me.outputs[:, :, 0] - y
    right(x, y, rate)
    y[...] = minus * errors


wrong(
    "state-kept-between-calls",
    "Each forward starts from the last hidden state of the call before. See the statement for "
    "what every sequence starts from.",
    "每次 forward 都从上一次调用的最后隐藏状态开始。请看题面对每个序列初始状态的规定。",
    first_state=lambda me, right, x: me.h[-1] if hasattr(me, "h") else right(x),
)
wrong(
    "gradients-accumulate",
    "The gradients of all calls of backward add up. Look at where the sums start from zero.",
    "历次调用 backward 的梯度累加在一起。请检查累加量是在哪里清零的。",
    gradients=add_to_totals,
)
wrong(
    "carried-gradient-kept",
    "The gradient carried past the first step is kept and enters the next call of backward. "
    "Look at where it starts from zero.",
    "传过第一步的梯度被保留下来，进入了下一次 backward。请检查它在哪里清零。",
    through_tanh=lambda me, right, d_h, t: right(
        d_h + (getattr(me, "left_over", 0.0) if t == len(me.h) - 2 else 0), t
    ),
    carry=keep_carried,
)
wrong(
    "history-never-cleared",
    "The stored states of earlier calls are never cleared, and backward reads those of the "
    "first call. Look at where your lists are emptied.",
    "早先调用保存的状态从未清空，backward 读到的是第一次调用的状态。请检查列表在哪里清空。",
    Parameter("inputs_too", "training", "plain", one_of(0.0, 1.0), 0.0),
    forward=keep_history,
    gradients=lambda me, right, x, y, inputs_too: right(
        np.stack(me.past[2][: len(x)]) if inputs_too else x, y
    ),
)
wrong(
    "stale-outputs",
    "forward returns what an earlier call computed although the weights (or the sequence) have "
    "changed since. Look for something remembered under a key that does not tell them apart.",
    "forward 返回了早先调用的结果，尽管权重（或序列）已经改变。请查找以不足以区分它们的键保存的"
    "内容。",
    Parameter("key_and_depth", "training", "plain", one_of(*range(12)), 0.0),
    forward=remember,
    gradients=lambda me, right, x, y, **_: right(me.x if me.x.shape == x.shape else x, y),
)
wrong(
    "targets-changed",
    "backward changes the argument y in place: the error is formed inside the array of "
    "targets. Look for -= or *= on y or on a view of it.",
    "backward 原地修改了参数 y：误差直接写进了目标数组。请查找对 y 或其视图的 -= 或 *=。",
    Parameter("minus", "conduct", "plain", one_of(1.0, -1.0), 1.0),
    backward=spoil_targets,
)

# What flows back through time.


def lags(model: Model, d_out: FloatArray, most: int) -> Iterator[FloatArray]:
    """How the error of every step acts on dL/da 0, 1, ... `most` steps before it, (T, H, 1).

    Entry t of the k-th array belongs to step t and comes from the error of step t + k.
    """
    slope = 1 - np.stack(model.h)[1:] ** 2
    part = slope * (model.W_hy.T @ d_out)
    for _ in range(min(most, len(d_out) - 1) + 1):
        yield part
        part = np.concatenate([slope[:-1] * (model.W_hh.T @ part[1:]), np.zeros_like(part[:1])])


@lru_cache(KEPT)
def hidden_bias_gradients(solution: Solution, case: Case) -> tuple[FloatArray, FloatArray]:
    """The gradient of b_h where errors flow back at most 0, 1, ... steps; in pieces of 1, 2, ..."""
    model = run(solution, case)
    d_out = model.output_errors(case.inputs["y"])
    parts = np.stack(list(lags(model, d_out, len(d_out))))[..., 0]  # (T, T, H)
    t = np.arange(len(parts))
    up_to = np.cumsum(parts, axis=0)  # all lags up to one, of the error at t + lag in the state t
    pieces = [up_to[n - 1 - t % n, t].sum(axis=0) for n in range(1, len(parts))]
    return np.cumsum(parts.sum(axis=1), axis=0), np.array(pieces)


def closest(found: FloatArray, case: Case, claims: Claims) -> int:
    """The number of the row that comes closest to the gradient of b_h that was claimed."""
    claimed = (case.inputs["b_h"] - claims["b_h"])[:, 0] / LEARNING_RATE
    return int(np.argmin(np.abs(found - claimed).max(axis=1)))


def estimate_steps(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """After how many steps the carried gradient ends."""
    steps = closest(hidden_bias_gradients(solution, case)[0], case, claims)
    return [steps] if 0 < steps < case.sizes["T"] - 1 else []


def estimate_chunk(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The length of the pieces within which gradients flow."""
    length = 1 + closest(hidden_bias_gradients(solution, case)[1], case, claims)
    return [length] if length > 1 else []


def handing_on(what: Callable[..., FloatArray]) -> Piece:
    """Hidden errors where a step hands on what(me, dL/dh_t, dL/da_t, t)."""

    def hidden_errors(me: Model, _right: Piece, d_out: FloatArray, **value: float) -> FloatArray:
        d_a = np.zeros_like(d_out, shape=(len(d_out), *me.b_h.shape))
        from_next = np.zeros_like(me.h[0])
        for t in reversed(range(len(d_out))):
            d_h = me.W_hy.T @ d_out[t] + from_next
            d_a[t] = me.through_tanh(d_h, t)
            from_next = what(me, d_h, d_a[t], t, **value)
        return d_a

    return hidden_errors


wrong(
    "nothing-carried-back",
    "The hidden gradient of step t+1 never reaches step t: each state sees the error of its "
    "own output only. Look at what your backward loop hands from one pass to the next.",
    "第 t+1 步的隐藏梯度没有传回第 t 步：每个状态只看到自己输出的误差。请检查反向循环在两次迭代"
    "之间传递了什么。",
    carry=lambda _me, _right, d_a: np.zeros_like(d_a),
)
wrong(
    "truncated-bptt",
    "Backpropagation through time is cut off: the error of a step flows back {value} step(s) "
    "and no further. Look at the range of the loop that goes back from a step.",
    "时间反向传播被截断：每一步的误差只向后传 {value} 步。请检查从某一步往回走的循环范围。",
    Parameter("most_steps", "backward", "remembering", estimate_steps, 1.0),
    hidden_errors=lambda me, _right, d_out, most_steps: np.sum(
        list(lags(me, d_out, int(most_steps))), axis=0
    ),
)
wrong(
    "bptt-in-chunks",
    "Backpropagation through time works within pieces of {value} steps only; nothing flows "
    "from one piece into the one before. Look for a reset of the carried gradient.",
    "时间反向传播只在每段 {value} 步之内进行，段与段之间没有梯度。请查找把传递的梯度清零的地方。",
    Parameter("chunk", "backward", "remembering", estimate_chunk, 2.0),
    hidden_errors=handing_on(lambda me, _, d_a, t, chunk: me.carry(d_a) * (t % int(chunk) != 0)),
)
wrong(
    "carried-before-tanh",
    "The gradient handed to the step before is taken before the tanh derivative. Follow the "
    "chain from h_t to h_{t-1} and see which functions lie between them.",
    "传给前一步的梯度没有经过 tanh 的导数。请沿着 h_t 到 h_{t-1} 的链条看中间有哪些函数。",
    hidden_errors=handing_on(lambda me, d_h, _d_a, _t: me.carry(d_h)),
)
wrong(
    "carried-untransposed",
    "The gradient handed to the step before is multiplied by W_hh the wrong way round. Ask "
    "which index of W_hh is summed over when a gradient goes backwards.",
    "传给前一步的梯度与 W_hh 相乘时行列用反了。想一想梯度往回传时对 W_hh 的哪个下标求和。",
    carry=lambda me, _right, d_a: me.W_hh @ d_a,
)

# The gradients of the single weights.


def unmoved(*names: str) -> dict[str, Piece]:
    """Gradients of zero."""
    return {f"d_{n}": lambda _me, right, *given: np.zeros_like(right(*given)) for n in names}


wrong(
    "dwhh-last-state-first",
    "At the first step dW_hh takes the last hidden state: index -1 of a list is its end. Check "
    "what your list of states holds before the first step.",
    "第一步的 dW_hh 取到了最后一个隐藏状态：列表下标 -1 表示末尾。请检查第一步之前的状态存在哪里。",
    d_W_hh=lambda me, right, d_a, _: right(d_a, np.stack([me.h[-1], *me.h[1:-1]])),
)
for _id, _names in (
    *(("wxh", ["W_xh"]), ("whh", ["W_hh"]), ("why", ["W_hy"])),
    *(("hidden-bias", ["b_h"]), ("output-bias", ["b_y"]), ("biases", ["b_h", "b_y"])),
):
    wrong(
        f"{_id}-not-updated",
        f"No update reaches {' and '.join(_names)}. Look at the list of weights that you update, "
        "and at whether the gradient is ever anything but zero.",
        f"{' 和 '.join(_names)} 从不更新。请检查被更新的权重列表，以及梯度是否始终为零。",
        **unmoved(*_names),
    )
wrong(
    "nothing-updated",
    "backward leaves all five weights as they were. The update may go to copies or to local "
    "names and not to the attributes of the object.",
    "backward 没有改动任何权重。更新可能作用在了副本或局部变量上，而不是对象的属性上。",
    **unmoved(*WEIGHTS),
)
wrong(
    "bias-gradients-averaged",
    "The bias gradients are means over time while those of the matrices are sums. Look for "
    "mean where the biases are updated.",
    "偏置的梯度对时间取了平均，而矩阵的梯度是求和。请检查偏置更新处的 mean。",
    d_b_h=lambda _me, right, d_a: right(d_a) / len(d_a),
    d_b_y=lambda _me, right, d_out: right(d_out) / len(d_out),
)

# Clipping. Targets that are far away make every gradient larger than any bound.


def each(change: Callable[..., FloatArray]) -> Piece:
    """Gradients that are changed each by itself."""
    return lambda _me, right, x, y, **value: {
        n: change(gradient, **value) for n, gradient in right(x, y).items()
    }


def shortened(
    _me: Model, right: Piece, x: FloatArray, y: FloatArray, clip_norm: float
) -> Gradients:
    """Gradients that together are no longer than the bound."""
    gradients = right(x, y)
    most = max(norm(flat(gradients)) / clip_norm, 1.0)
    return {n: gradient / most for n, gradient in gradients.items()}


def hidden_norm(solution: Solution, case: Case, claims: Claims) -> float:
    """The norm of all hidden errors, if they have only been scaled."""
    expected, claimed = one_step(solution, case, claims)
    model = run(solution, case)
    full = norm(model.hidden_errors(model.output_errors(case.inputs["y"])))
    return full * ratio(claimed["b_h"], expected["b_h"])


def carried_bound(solution: Solution, case: Case, claims: Claims) -> float:
    """The bound if every carried gradient exceeds it, from the gradient of b_h."""
    _, claimed = one_step(solution, case, claims)
    model = run(solution, case)
    own = next(lags(model, model.output_errors(case.inputs["y"]), 0))  # (T, H, 1)
    slope = 1 - np.stack(model.h)[1:-1] ** 2
    carried = (slope * np.sign(model.W_hh.T @ own[1:])).sum(axis=0)
    return ratio(claimed["b_h"] - own.sum(axis=0), carried)


def at(of: Callable[..., float], usual: float, name: str = "most") -> Parameter:
    """A bound that is read off claims; at 0 nothing would be left."""

    def estimate(solution: Solution, case: Case, claims: Claims) -> list[float]:
        found = float(of(solution, case, claims))
        return [found] if found > 1e-6 else []

    return Parameter(name, "backward", "far_targets", estimate, usual)


wrong(
    "clip-gradients-by-value",
    "The weight gradients are clipped to [-{value}, {value}]. The statement's update has no "
    "clipping.",
    "权重梯度被截断到 [-{value}, {value}]。题面的更新没有截断。",
    at(lambda *seen: np.abs(flat(one_step(*seen)[1])).max(), 5.0),
    gradients=each(lambda gradient, most: np.clip(gradient, -most, most)),
)
wrong(
    "clip-each-gradient-by-norm",
    "Each weight's gradient is scaled down to norm {value} when it is longer. The statement's "
    "update has no clipping.",
    "每个权重的梯度超过范数 {value} 时会被缩短。题面的更新没有截断。",
    at(lambda *seen: norm(one_step(*seen)[1]["W_hy"]), 5.0),
    gradients=each(lambda gradient, most: gradient / max(norm(gradient) / most, 1.0)),
)
wrong(
    "clip-all-gradients-by-norm",
    "All gradients together are scaled down to norm {value} when they are longer. The "
    "statement's update has no clipping.",
    "全部梯度的总范数超过 {value} 时会被一起缩短。题面的更新没有截断。",
    at(lambda *seen: norm(flat(one_step(*seen)[1])), 5.0, "clip_norm"),
    gradients=shortened,
)
wrong(
    "clip-hidden-errors-by-norm",
    "The hidden errors of all steps together are scaled down to norm {value} when they are "
    "longer. Backpropagation has no clipping here.",
    "所有时间步的隐藏误差的总范数超过 {value} 时会被缩短。这里的反向传播没有截断。",
    at(hidden_norm, 5.0),
    hidden_errors=lambda _me, right, d_out, most: (
        (d_a := right(d_out)) / max(norm(d_a) / most, 1.0)
    ),
)
wrong(
    "clip-carried-gradient",
    "The gradient handed to the step before is clipped to [-{value}, {value}]. Backpropagation "
    "through time has no clipping here.",
    "传给前一步的梯度被截断到 [-{value}, {value}]。这里的时间反向传播没有截断。",
    at(carried_bound, 1.0),
    carry=lambda _me, right, d_a, most: np.clip(right(d_a), -most, most),
)

# The derivative of tanh.


def estimate_epsilon(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """What was added to the derivative, from the first order change of b_h's gradient."""
    expected, claimed = one_step(solution, case, claims)
    step, model = 1e-6, run(solution, case)
    right = model.through_tanh
    model.through_tanh = lambda d_h, t: right(d_h, t) + step * d_h
    change = model.gradients(case.inputs["x"], case.inputs["y"])["b_h"] - expected["b_h"]
    found = step * ratio(claimed["b_h"] - expected["b_h"], change)
    return [float(f"{found:.0e}"), float(f"{found:.2e}")]


def forget_inputs_of_tanh(me: Model, right: Piece, x: FloatArray) -> list[FloatArray]:
    """Keep none from the call before."""
    me.a = []
    h: list[FloatArray] = right(x)
    return h


def keep_inputs_of_tanh(me: Model, right: Piece, a: FloatArray) -> FloatArray:
    """Keep what goes into tanh, step by step."""
    me.a.append(a)
    return right(a)


wrong(
    "derivative-missing",
    "The hidden gradient never passes the derivative of tanh. Look at what happens between "
    "dL/dh_t and the gradients of W_xh, W_hh and b_h.",
    "隐藏梯度没有乘 tanh 的导数。请检查从 dL/dh_t 到 W_xh、W_hh、b_h 的梯度之间发生了什么。",
    through_tanh=lambda _me, _right, d_h, _t: d_h,
)
wrong(
    "derivative-of-input",
    "The formula for the derivative of tanh is fed with what goes into tanh, not with what "
    "comes out. Check which of the two you keep from the forward pass.",
    "tanh 导数公式里代入的是 tanh 的输入而不是输出。请检查前向传播保存的是哪一个。",
    states=forget_inputs_of_tanh,
    activation=keep_inputs_of_tanh,
    through_tanh=lambda me, _right, d_h, t: (1 - me.a[t] ** 2) * d_h,
)
wrong(
    "derivative-plus-epsilon",
    "{value} is added to the derivative of tanh. That is not needed and makes every gradient "
    "slightly wrong.",
    "tanh 的导数加上了 {value}。这没有必要，而且会使所有梯度略有偏差。",
    Parameter("epsilon", "backward", "plain", estimate_epsilon, 1e-8),
    through_tanh=lambda _me, right, d_h, t, epsilon: right(d_h, t) + epsilon * d_h,
)

# The forward pass.


def logistic(a: FloatArray) -> FloatArray:
    """The logistic function."""
    return 0.5 * (1 + np.tanh(0.5 * a))


def overflow(_me: Model, right: Piece, a: FloatArray, one_sided: float) -> FloatArray:
    """tanh by way of exp."""
    too_large = a > 354.9 if one_sided else np.abs(a) > 709.8
    return np.where(too_large, np.nan, right(a))


def copy_early(me: Model, right: Piece, *sizes: int, which: float) -> None:
    """Keep copies of some of the weights, one bit of `which` for each."""
    right(*sizes)
    names = [n for bit, n in enumerate(WEIGHTS) if int(which) >> bit & 1]
    me.early = {n: getattr(me, n).copy() for n in names}


def use_early(me: Model, right: Piece, x: FloatArray, **_: float) -> FloatArray:
    """Run with those copies."""
    now = {n: getattr(me, n) for n in me.early}
    load(me, me.early)
    outputs = right(x)
    load(me, now)
    return outputs


wrong(
    "hidden-bias-broadcast",
    "All hidden units use one number as their bias, the first of b_h: a column and a flat "
    "vector were added and broadcast to a matrix. Print the shapes in that sum.",
    "所有隐藏单元都用了 b_h 的第一个数：列向量与一维向量相加时广播成了矩阵。请打印该求和中各项"
    "的形状。",
    pre_activation=lambda me, _right, x_t, h: me.W_xh @ x_t + me.recurrent(h) + me.b_h[0],
)
wrong(
    "output-bias-unused",
    "b_y has no influence on the outputs. Look at the line that forms y_t.",
    "b_y 对输出没有任何影响。请检查计算 y_t 的那一行。",
    output=lambda me, _right, h_t: me.W_hy @ h_t,
)
wrong(
    "recurrence-elementwise",
    "Each hidden unit is fed back to itself only, as if W_hh were its diagonal. Look at the "
    "recurrent product: it should mix the units.",
    "每个隐藏单元只反馈给自己，好像 W_hh 只剩对角线。请检查循环项：它应当混合各个单元。",
    recurrent=lambda me, _right, h: np.diag(me.W_hh)[:, None] * h,
)
for _id, _en, _zh, _function, _slope in (
    ("sigmoid", "the logistic function", "sigmoid", logistic, lambda h: h * (1 - h)),
    ("relu", "ReLU", "ReLU", lambda a: np.maximum(a, 0), lambda h: 1.0 * (h > 0)),
    ("linear", "the identity", "恒等函数", lambda a: a, np.ones_like),
):
    wrong(
        f"hidden-{_id}",
        f"The hidden activation is {_en}. The statement asks for another one.",
        f"隐藏层的激活函数是 {_zh}，而题面要求的是另一种。",
        activation=lambda _me, _right, a, f=_function: f(a),
        tanh_slope=lambda _, _right, h, f=_slope: f(h),
    )
for _id, _en, _function in (
    ("tanh", "tanh", np.tanh),
    ("sigmoid", "the logistic function", logistic),
    ("relu", "ReLU", lambda y: np.maximum(y, 0)),
):
    wrong(
        f"output-{_id}",
        f"The outputs go through {_en}. Look at the statement's formula for y_t.",
        f"输出经过了 {_id}。请看题面中 y_t 的公式。",
        read=lambda _me, right, h, f=_function: f(right(h)),
    )
wrong(
    "tanh-overflow",
    "tanh is written with exp, which overflows for large arguments and gives nan. NumPy has a "
    "tanh that takes any finite number.",
    "tanh 是用 exp 手写的，参数较大时溢出并得到 nan。NumPy 自带的 tanh 可以接受任何有限数。",
    Parameter("one_sided", "forward", "large_inputs", one_of(0.0, 1.0), 0.0),
    activation=overflow,
)
wrong(
    "time-reversed",
    "The sequence is fed from its end to its beginning; the outputs are in the right order. "
    "Look at the direction of the loop over x.",
    "序列是从末尾向开头输入的（输出的次序正确）。请检查对 x 循环的方向。",
    forward=lambda _me, right, x: right(x[::-1])[::-1],
)
wrong(
    "first-step-skipped-forward",
    "The first time step is not computed: its input is ignored and its state stays zero. Look "
    "at where the loop over time starts and which index holds h_0.",
    "第一个时间步没有计算：输入被忽略，状态保持为零。请检查时间循环的起点和 h_0 所在的下标。",
    states=lambda me, right, x: [me.first_state(x), *right(x[1:])],
)
wrong(
    "weights-copied-early",
    "forward does not use the weights as they are now but copies made in the constructor. "
    "Whatever changes a weight later, an update included, has no effect on the outputs.",
    "forward 用的不是当前的权重，而是构造函数中留下的副本；之后对权重的任何修改（包括更新）都不"
    "影响输出。",
    Parameter("which", "forward", "plain", one_of(*(w for w in range(1, 32) if w & 7)), 1.0),
    __init__=copy_early,
    forward=use_early,
)

# What the weights start from.

ORDERS = list(itertools.permutations(MATRICES))


def redraw(me: Model, right: Piece, *sizes: int, order: float) -> None:
    """Draw the weights once more, from the same random numbers."""
    state = np.random.get_state()
    right(*sizes)
    np.random.set_state(state)
    for name in ORDERS[int(order)]:
        setattr(me, name, me.drawn(*getattr(me, name).shape))


def flatten(me: Model, right: Piece, *sizes: int, shape_kind: float) -> None:
    """Biases that are no columns."""
    right(*sizes)
    which, row = divmod(int(shape_kind), 2)
    for name in (("b_h",), ("b_y",), ("b_h", "b_y"))[which]:
        size = getattr(me, name).size
        setattr(me, name, np.zeros((1, size) if row else size))


def initial_scale(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The factor of W_xh."""
    np.random.seed(case.seed)
    return [0.01 * ratio(claims["W_xh"], fresh(solution, case).W_xh)]


def bias_scale(_solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The factor of b_h, had it been drawn right after the matrices."""
    np.random.seed(case.seed)
    np.random.randn(sum(claims[n].size for n in MATRICES))
    return [ratio(claims["b_h"], np.random.randn(*claims["b_h"].shape))]


wrong(
    "initial-order",
    "The initial weights are the right numbers drawn in another order. Compare the order in "
    "which your constructor calls the random generator with the order in the statement.",
    "初始权重的数值正确，但抽取顺序不同。请对照题面给出的顺序检查构造函数中随机数的调用次序。",
    Parameter("order", "initialisation", "plain", one_of(*range(1, 6)), 1.0),
    __init__=redraw,
)
wrong(
    "initial-scale",
    "The initial weights are {value} times standard normal numbers. The statement asks for "
    "another scale.",
    "初始权重等于标准正态随机数乘以 {value}，与题面要求的尺度不同。",
    Parameter("scale", "initialisation", "plain", initial_scale, 1.0),
    drawn=lambda _me, _right, *shape, scale: np.random.randn(*shape) * scale,
)
wrong(
    "initial-bias-random",
    "The biases start at random numbers as the matrices do. See the statement for what they "
    "start from.",
    "偏置也像矩阵一样随机初始化了。请看题面对偏置初始值的要求。",
    Parameter("scale", "initialisation", "plain", bias_scale, 0.01),
    bias=lambda _me, _right, size, scale: np.random.randn(size, 1) * scale,
)
wrong(
    "bias-shape",
    "A bias is not a column: its shape lacks an axis or has its axes swapped, which broadcasts "
    "silently in later sums. Compare the shapes with those in the statement.",
    "某个偏置不是列向量：形状缺一维或两维颠倒，在之后的加法中会悄悄广播。请与题面的形状对照。",
    Parameter("shape_kind", "initialisation", "plain", one_of(*range(6)), 0.0),
    __init__=flatten,
)

# The loss, and which time steps it sees.


def without(step: slice | int) -> Piece:
    """Errors that are zero in some steps."""

    def errors(_me: Model, right: Piece, given: FloatArray) -> FloatArray:
        found = right(given)
        found[step] = 0
        return found

    return errors


def broadcast(me: Model, _right: Piece, y: FloatArray, reduction: float) -> FloatArray:
    """All differences of outputs and targets, summed or averaged over one of them."""
    axis, total = divmod(int(reduction), 2)
    differences = me.outputs - y[:, None, :]  # (T, O, O)
    reduced = differences.sum(axis=2 - axis)[:, :, None]
    return reduced if total else reduced / y.shape[1]


def overwrite(me: Model, right: Piece, x: FloatArray, first_too: float) -> FloatArray:
    """Leave the last state in place of every one."""
    outputs = right(x)
    start = 0 if first_too else 1
    me.h[start:] = [me.h[-1]] * len(me.h[start:])
    return outputs


wrong(
    "last-loss-only",
    "Only the error of the last time step enters the loss. See the sum over t in the statement.",
    "只有最后一个时间步的误差进入了损失。请看题面中对 t 的求和。",
    output_errors=without(slice(-1)),
)

wrong(
    "first-hidden-step-skipped",
    "The first time step is missing in the gradients of W_xh and b_h; the output layer's are "
    "right. Look at where the loop back through the states ends.",
    "W_xh 和 b_h 的梯度缺了第一个时间步，输出层的梯度是对的。请检查沿状态往回的循环终点。",
    hidden_errors=without(0),
)
for _over, _part, _en, _zh, _count in (
    ("time", "T", "over time", "对时间", len),
    ("outputs", "O", "over the outputs", "对各输出", lambda y: y.shape[1]),
    ("elements", "(T O)", "over time and outputs", "对时间和各输出", np.size),
):
    wrong(
        f"mean-over-{_over}",
        f"Every update is {{value}}/{_part} times as large as it should be. See whether the "
        f"statement's loss is a sum or a mean {_en}.",
        f"所有更新都是应有值的 {{value}}/{_part} 倍。请看题面的损失{_zh}是求和还是平均。",
        Parameter("times", "backward", "plain", one_of(1.0, 2.0), 1.0),
        output_errors=lambda _me, right, y, times, count=_count: right(y) * times / count(y),
    )

wrong(
    "error-broadcast",
    "Prediction minus target broadcasts: a column minus a flat vector is a matrix of all "
    "differences, which is then reduced to a vector. Print the shape of that difference.",
    "预测减目标发生了广播：列向量减一维向量成了所有差值组成的矩阵，随后又被归约。请打印该差值的"
    "形状。",
    Parameter("reduction", "backward", "plain", one_of(*range(4)), 0.0),
    output_errors=broadcast,
)
wrong(
    "states-overwritten",
    "The backward pass sees the last hidden state at every step: one array was overwritten and "
    "stored T times. Look for a state that is changed in place after it was appended.",
    "反向传播在每一步看到的都是最后的隐藏状态：同一个数组被覆盖并存了 T 次。请查找存入列表后又"
    "被原地修改的状态。",
    Parameter("first_too", "backward", "plain", one_of(0.0, 1.0), 0.0),
    forward=overwrite,
)

# The order of updates.


def updated_first(name: str) -> Piece:
    """One weight is updated before the gradients of the others are computed."""

    def backward(me: Model, right: Piece, x: FloatArray, y: FloatArray, rate: float) -> None:
        done = me.updated(getattr(me, name), me.gradients(x, y)[name], rate)
        setattr(me, name, done)
        right(x, y, rate)
        setattr(me, name, done)

    return backward


def update_in_loop(
    me: Model, _right: Piece, x: FloatArray, y: FloatArray, rate: float, *, carried_after: float
) -> None:
    """Update within the loop over time."""
    d_out = me.output_errors(y)
    from_next = np.zeros_like(me.h[0])
    for t in reversed(range(len(x))):
        d_a = me.through_tanh(me.W_hy.T @ d_out[t] + from_next, t)
        from_next = me.carry(d_a)
        steps = (d_a * x[t], d_a @ me.h[t].T, d_out[t] @ me.h[t + 1].T, d_a, d_out[t])
        me.descend(dict(zip(WEIGHTS, steps, strict=True)), rate)
        if carried_after:
            from_next = me.carry(d_a)


wrong(
    "updated-why-used",
    "W_hy is updated first and the hidden gradient is computed with the new W_hy. All "
    "gradients belong to the weights before the step.",
    "先更新了 W_hy，隐藏梯度用的是新的 W_hy。所有梯度都应对应更新之前的权重。",
    backward=updated_first("W_hy"),
)
wrong(
    "updated-whh-used",
    "W_hh is updated first and the hidden gradient is computed with the new W_hh. All "
    "gradients belong to the weights before the step.",
    "先更新了 W_hh，隐藏梯度用的是新的 W_hh。所有梯度都应对应更新之前的权重。",
    backward=updated_first("W_hh"),
)
wrong(
    "update-inside-loop",
    "The weights are updated inside the loop over time, so earlier steps see changed weights. "
    "Look at where the update stands and how far it is indented.",
    "权重在时间循环内部就更新了，较早的步看到的是已改动的权重。请检查更新语句的位置和缩进。",
    Parameter("carried_after", "backward", "plain", one_of(0.0, 1.0), 0.0),
    backward=update_in_loop,
)

# The update.


def at_rate(rate: Callable[..., float]) -> Piece:
    """Every weight moved at another learning rate, which follows from the one that is given."""
    return lambda _me, right, weight, gradient, given, **value: right(
        weight, gradient, rate(given, **value)
    )


def momentum_of(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """How much of the first update the second contains beyond what it should be."""
    first, second, expected = two_steps(solution, case, claims)
    return [c for c in [ratio(second - expected, first)] if abs(c - 1) > 1e-6]


def kept(me: Model, name: str) -> Mapping[str, Any]:
    """What a model keeps for each weight, from zero on."""
    found: Mapping[str, Any] = getattr(me, name, dict.fromkeys(WEIGHTS, 0.0))
    return found


def step_of(me: Model, right: Piece, gradients: Gradients, rate: float) -> tuple[Gradients, ...]:
    """The weights before a right step, and the step."""
    start = {n: getattr(me, n) for n in WEIGHTS}
    right(gradients, rate)
    return start, {n: start[n] - getattr(me, n) for n in WEIGHTS}


def with_momentum(
    me: Model, right: Piece, gradients: Gradients, rate: float, *, momentum: float
) -> None:
    """A step that goes on."""
    start, step = step_of(me, right, gradients, rate)
    me.velocity = {n: momentum * v + step[n] for n, v in kept(me, "velocity").items()}
    load(me, {n: start[n] - me.velocity[n] for n in WEIGHTS})


SMALL = tuple(itertools.product((1e-8, 1e-7, 1e-6, 1e-10), (False, True)))


def divided(gradient: FloatArray, squares: FloatArray, kind: float) -> FloatArray:
    """The gradient over the root of the squares; how division by zero is avoided is `kind`."""
    epsilon, inside = SMALL[int(kind)]
    return gradient / (np.sqrt(squares + epsilon) if inside else np.sqrt(squares) + epsilon)


def adam(me: Model, right: Piece, gradients: Gradients, rate: float, *, kind: float) -> None:
    """Mean over the root of the mean square, both from zero on."""
    me.step = getattr(me, "step", 0) + 1
    me.means = {n: 0.9 * m + 0.1 * gradients[n] for n, m in kept(me, "means").items()}
    squares = kept(me, "squares")
    me.squares = {n: 0.999 * s + 0.001 * gradients[n] ** 2 for n, s in squares.items()}
    mean = {n: m / (1 - 0.9**me.step) for n, m in me.means.items()}
    square = {n: s / (1 - 0.999**me.step) for n, s in me.squares.items()}
    right({n: divided(mean[n], square[n], kind) for n in WEIGHTS}, rate)


wrong(
    "update-scaled",
    "Every update is {value} times as large as it should be, whatever T and the sizes are. "
    "Look for a constant or a sign in the loss's derivative or in the update.",
    "无论各尺寸是多少，所有更新都是应有值的 {value} 倍。请检查损失导数或更新式中的常数和符号。",
    Parameter(
        "scale",
        "backward",
        "plain",
        lambda *seen: [c for c in factor(*seen) if abs(c - 1) > 1e-6],
        2.0,
    ),
    updated=at_rate(lambda rate, scale: rate * scale),
)
wrong(
    "learning-rate-fixed",
    "The argument learning_rate is ignored: the step always uses {value}.",
    "参数 learning_rate 被忽略了，步长始终是 {value}。",
    Parameter(
        "fixed",
        "backward",
        "plain",
        lambda *seen: [LEARNING_RATE * c for c in factor(*seen)],
        LEARNING_RATE,
    ),
    updated=at_rate(lambda _, fixed: fixed),
)
wrong(
    "momentum",
    "The update has momentum {value}: a part of the last update is added to the next. The "
    "statement asks for plain gradient descent.",
    "更新带有系数为 {value} 的动量：上次更新的一部分加到了下一次。题面要求普通的梯度下降。",
    Parameter("momentum", "training", "plain", momentum_of, 0.9),
    descend=with_momentum,
)
wrong(
    "update-adam",
    "The update is Adam. The statement asks for plain gradient descent.",
    "更新用的是 Adam。题面要求普通的梯度下降。",
    Parameter("kind", "backward", "plain", one_of(*range(len(SMALL))), 0.0),
    descend=adam,
)
