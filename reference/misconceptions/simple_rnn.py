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
Estimate = Callable[[Solution, Case, Claims], list[float]]

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


def bound(found: float) -> list[float]:
    """What was read off the claims, if it is a bound: at 0 nothing would be left."""
    return [float(found)] if found > 1e-6 else []


# Calls that disturb each other, and arguments that change.


def keep_carried(me: Model, right: Piece, d_a: FloatArray) -> FloatArray:
    """Keep what was handed on last: after a sequence, what is carried past its first step."""
    me.left_over = right(d_a)
    return me.left_over


def learn_start(me: Model, right: Piece, gradients: Gradients, rate: float) -> None:
    """Move the initial state with the weights."""
    right(gradients, rate)
    me.start = getattr(me, "start", 0.0) - rate * getattr(me, "left_over", 0.0)


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


def remember_by_id(me: Model, right: Piece, x: FloatArray) -> FloatArray:
    """The outputs of the first call with that object."""
    me.runs = getattr(me, "runs", [])
    known = next((run for run in me.runs if run[0] is x), None)
    if known is None:
        outputs = right(x)
        me.runs.append((x, me.h, outputs))
        return outputs
    _, me.h, me.outputs = known
    return me.outputs


def first_targets(me: Model, right: Piece, y: FloatArray, until_shape_changes: float) -> FloatArray:
    """The errors against the targets of the first call, where those fit."""
    first = getattr(me, "first_y", y)
    me.first_y = y if first.shape != y.shape and until_shape_changes else first
    return right(me.first_y if me.first_y.shape == y.shape else y)


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
    "initial-state-learned",
    "The initial hidden state is updated with the weights. See the statement for what is "
    "learned and what every sequence starts from.",
    "初始隐藏状态也随权重一起被更新了。请看题面：哪些量需要学习，每个序列从什么状态开始。",
    first_state=lambda me, right, x: right(x) + getattr(me, "start", 0.0),
    carry=keep_carried,
    descend=learn_start,
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
    "stale-outputs-same-object",
    "forward given the same array object again returns what it computed before, although the "
    "weights have changed since. Look for a result remembered under id(x).",
    "对同一个数组对象再次调用 forward 时返回了旧结果，尽管权重已经改变。请查找以 id(x) 保存的结"
    "果。",
    forward=remember_by_id,
)
wrong(
    "stale-targets",
    "backward keeps the targets of its first call and goes on using them. Look for something "
    "stored once and never replaced.",
    "backward 保留了第一次调用的目标并一直使用。请查找只保存一次、从不替换的内容。",
    Parameter("until_shape_changes", "training", "plain", one_of(0.0, 1.0), 0.0),
    output_errors=first_targets,
)
wrong(
    "targets-changed",
    "backward changes the argument y in place: the error is formed inside the array of "
    "targets. Look for -= or *= on y or on a view of it.",
    "backward 原地修改了参数 y：误差直接写进了目标数组。请查找对 y 或其视图的 -= 或 *=。",
    Parameter("minus", "conduct", "plain", one_of(1.0, -1.0), 1.0),
    backward=spoil_targets,
)
wrong(
    "inputs-changed",
    "backward changes the argument x in place: it is multiplied by the learning rate. Look for "
    "*= on x or on a view of it.",
    "backward 原地修改了参数 x：它被乘以了学习率。请查找对 x 或其视图的 *=。",
    backward=lambda _me, right, x, y, rate: (right(x, y, rate), np.multiply(x, rate, out=x)),
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
wrong(
    "carried-without-weights",
    "The gradient handed to the step before is not multiplied by the recurrent weights at all. "
    "Follow the chain from h_t to h_{t-1}.",
    "传给前一步的梯度根本没有乘以循环权重。请沿着 h_t 到 h_{t-1} 的链条检查。",
    carry=lambda _me, _right, d_a: d_a,
)
wrong(
    "carried-derivative-twice",
    "The gradient handed to the step before has passed the tanh derivative of its step twice. "
    "Look for a second factor where the carried gradient is stored.",
    "传给前一步的梯度两次乘了该步的 tanh 导数。请检查保存传递梯度的地方是否多了一个因子。",
    hidden_errors=handing_on(lambda me, _, d_a, t: me.carry(me.through_tanh(d_a, t))),
)
wrong(
    "derivative-twice-in-weights",
    "The weight gradients contain the tanh derivative twice; the gradient carried back is "
    "right. An array may be changed in place by a helper and then be multiplied again.",
    "权重梯度里 tanh 导数乘了两次，而传回的梯度是对的。可能有数组被辅助函数原地修改后又乘了一次。",
    hidden_errors=lambda me, right, d_out: np.stack(
        [me.through_tanh(d_a, t) for t, d_a in enumerate(right(d_out))]
    ),
)

# The gradients of the single weights.


def input_of_the_loss(me: Model, right: Piece, x: FloatArray, y: FloatArray) -> Gradients:
    """dW_xh with each error that has flowed back beside the input of the step it came from."""
    gradients, parts = right(x, y), enumerate(lags(me, me.output_errors(y), len(x)))
    steps = [(part[: len(x) - lag] * x[lag:, None, :]).sum(axis=0) for lag, part in parts]
    return gradients | {"W_xh": np.sum(steps, axis=0)}


def keep_before_tanh(me: Model, right: Piece, d_h: FloatArray, t: int) -> FloatArray:
    """Keep dL/dh_t of all steps, the gradients before the derivative of tanh."""
    me.d_h = [d_h] if t == len(me.h) - 2 else [d_h, *me.d_h]
    return right(d_h, t)


def unmoved(*names: str) -> dict[str, Piece]:
    """Gradients of zero."""
    return {f"d_{n}": lambda _me, right, *given: np.zeros_like(right(*given)) for n in names}


wrong(
    "dwhh-current-state",
    "dW_hh is formed with the state of the same step. Ask what W_hh was multiplied by in the "
    "forward pass of that step.",
    "dW_hh 用的是同一步的状态。想一想这一步前向传播时 W_hh 乘的是什么。",
    d_W_hh=lambda me, right, d_a, _: right(d_a, np.stack(me.h[1:])),
)
wrong(
    "dwhh-state-two-back",
    "dW_hh is formed with the state two steps back. Your list of states is shifted by one: "
    "check which index holds h_0.",
    "dW_hh 用的是两步之前的状态。状态列表错了一位：请检查 h_0 在哪个下标。",
    d_W_hh=lambda me, right, d_a, _: right(d_a, np.stack([me.h[0], *me.h[:-2]])),
)
wrong(
    "dwhh-state-index",
    "dW_hh is formed with h[t - 1] of a list that starts with h_0, so the state is two steps "
    "back, and at the first step it is the end of the list. Check which index holds h_0.",
    "dW_hh 用的是以 h_0 开头的列表中的 h[t - 1]：状态早了一步，在第一步又取到了列表末尾。请检查"
    " h_0 的下标。",
    d_W_hh=lambda me, right, d_a, _: right(d_a, np.stack([me.h[-1], *me.h[:-2]])),
)
wrong(
    "dwhh-last-state-first",
    "At the first step dW_hh takes the last hidden state: index -1 of a list is its end. Check "
    "what your list of states holds before the first step.",
    "第一步的 dW_hh 取到了最后一个隐藏状态：列表下标 -1 表示末尾。请检查第一步之前的状态存在哪里。",
    d_W_hh=lambda me, right, d_a, _: right(d_a, np.stack([me.h[-1], *me.h[1:-1]])),
)
wrong(
    "dwhh-one-step-short",
    "The sum for dW_hh leaves out the second time step, the first one that counts. Check the "
    "range of that sum.",
    "dW_hh 的求和漏掉了第二个时间步（第一个有贡献的步）。请检查求和范围。",
    d_W_hh=lambda me, right, d_a, _: right(
        d_a, np.stack([*me.h[:1], *me.h[:1], *me.h[2:]][: len(d_a)])
    ),
)
wrong(
    "dwhh-transposed",
    "The gradient of W_hh is transposed. Check the order of the two vectors in the outer product.",
    "W_hh 的梯度被转置了。请检查外积中两个向量的次序。",
    d_W_hh=lambda _me, right, d_a, before: right(d_a, before).T,
)
wrong(
    "dwhy-previous-state",
    "dW_hy is formed with the state before the step. Ask what W_hy was multiplied by in the "
    "forward pass of that step.",
    "dW_hy 用的是该步之前的状态。想一想这一步前向传播时 W_hy 乘的是什么。",
    d_W_hy=lambda me, right, d_out, _: right(d_out, np.stack(me.h[:-1])),
)
wrong(
    "dwxh-input-of-the-loss",
    "In dW_xh the error that has flowed back to an earlier step is multiplied by the input of "
    "the step it came from. Check the index of x in the inner loop.",
    "dW_xh 中，传回较早步的误差乘的却是误差来源那一步的输入。请检查内层循环里 x 的下标。",
    gradients=input_of_the_loss,
)
wrong(
    "hidden-bias-not-updated",
    "b_h never changes. Look at the list of weights that you update.",
    "b_h 从不更新。请检查被更新的权重列表。",
    **unmoved("b_h"),
)
wrong(
    "output-bias-not-updated",
    "b_y never changes. Look at the list of weights that you update.",
    "b_y 从不更新。请检查被更新的权重列表。",
    **unmoved("b_y"),
)
wrong(
    "biases-not-updated",
    "Neither bias ever changes. Look at the list of weights that you update.",
    "两个偏置都从不更新。请检查被更新的权重列表。",
    **unmoved("b_h", "b_y"),
)
wrong(
    "whh-not-updated",
    "W_hh never changes. Look at its gradient and at the list of weights that you update.",
    "W_hh 从不更新。请检查它的梯度和被更新的权重列表。",
    **unmoved("W_hh"),
)
wrong(
    "wxh-not-updated",
    "W_xh never changes. Look at its gradient and at the list of weights that you update.",
    "W_xh 从不更新。请检查它的梯度和被更新的权重列表。",
    **unmoved("W_xh"),
)
wrong(
    "why-not-updated",
    "W_hy never changes. Look at its gradient and at the list of weights that you update.",
    "W_hy 从不更新。请检查它的梯度和被更新的权重列表。",
    **unmoved("W_hy"),
)
wrong(
    "nothing-updated",
    "backward leaves all five weights as they were. The update may go to copies or to local "
    "names and not to the attributes of the object.",
    "backward 没有改动任何权重。更新可能作用在了副本或局部变量上，而不是对象的属性上。",
    **unmoved(*WEIGHTS),
)
wrong(
    "hidden-bias-before-tanh",
    "The gradient of b_h is summed before the tanh derivative. b_h is added inside tanh: "
    "follow the chain once more.",
    "b_h 的梯度是在乘 tanh 导数之前求和的。b_h 加在 tanh 里面，请重新推导链式法则。",
    through_tanh=keep_before_tanh,
    d_b_h=lambda me, _right, _d_a: np.sum(me.d_h, axis=0),
)
wrong(
    "hidden-bias-own-error-only",
    "The gradient of b_h counts the error of each step at that step only; what flows back to "
    "earlier steps is left out. b_h is used at every step.",
    "b_h 的梯度只计入了每步自身的误差，漏掉了传回更早步的部分。b_h 在每一步都用到。",
    gradients=lambda me, right, x, y: (
        right(x, y) | {"b_h": next(lags(me, me.output_errors(y), 0)).sum(axis=0)}
    ),
)
wrong(
    "hidden-bias-carried-gradient",
    "The gradient of b_h is the sum of what is handed to the step before, already multiplied "
    "by the recurrent weights. Look at which of your variables is added up for it.",
    "b_h 的梯度用成了传给前一步的梯度之和（已经乘过循环权重）。请检查为它累加的是哪个变量。",
    d_b_h=lambda me, _right, d_a: np.sum([me.W_hh.T @ d for d in d_a], axis=0),
)
wrong(
    "hidden-bias-gradient-mean",
    "All hidden units get the same bias gradient: it is summed or averaged over the units too. "
    "Look at the axis of that sum or mean.",
    "所有隐藏单元的偏置梯度都是同一个数：它对各单元也求了和或平均。请检查求和或平均的 axis。",
    Parameter("reduced", "backward", "plain", one_of(0.0, 1.0), 0.0),
    d_b_h=lambda _me, right, d_a, reduced: np.full_like(
        total := right(d_a), total.sum() if reduced else total.mean()
    ),
)
wrong(
    "output-bias-one-step",
    "The gradient of b_y is that of a single time step: it is assigned where it should be "
    "summed over time.",
    "b_y 的梯度只是某一个时间步的：在应当对时间累加的地方做了赋值。",
    Parameter("one_step", "backward", "plain", one_of(0, -1), 0.0),
    d_b_y=lambda _me, _right, d_out, one_step: d_out[int(one_step)],
)
wrong(
    "hidden-bias-one-step",
    "The gradient of b_h is that of a single time step: it is assigned where it should be "
    "summed over time.",
    "b_h 的梯度只是某一个时间步的：在应当对时间累加的地方做了赋值。",
    Parameter("one_step", "backward", "plain", one_of(0, -1), 0.0),
    d_b_h=lambda _me, _right, d_a, one_step: d_a[int(one_step)],
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


def largest_error(_solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The largest output error in size, had it been the same in every step."""
    summed = (case.inputs["b_y"] - claims["b_y"]) / LEARNING_RATE
    return [float(np.abs(summed).max()) / case.sizes["T"]]


wrong(
    "clip-gradients-by-value",
    "The weight gradients are clipped to [-{value}, {value}]. The statement's update has no "
    "clipping.",
    "权重梯度被截断到 [-{value}, {value}]。题面的更新没有截断。",
    Parameter(
        "most",
        "backward",
        "far_targets",
        lambda *seen: bound(np.abs(flat(one_step(*seen)[1])).max()),
        5.0,
    ),
    gradients=each(lambda gradient, most: np.clip(gradient, -most, most)),
)
wrong(
    "clip-each-gradient-by-norm",
    "Each weight's gradient is scaled down to norm {value} when it is longer. The statement's "
    "update has no clipping.",
    "每个权重的梯度超过范数 {value} 时会被缩短。题面的更新没有截断。",
    Parameter(
        "most",
        "backward",
        "far_targets",
        lambda *seen: bound(norm(one_step(*seen)[1]["W_hy"])),
        5.0,
    ),
    gradients=each(lambda gradient, most: gradient / max(norm(gradient) / most, 1.0)),
)
wrong(
    "clip-all-gradients-by-norm",
    "All gradients together are scaled down to norm {value} when they are longer. The "
    "statement's update has no clipping.",
    "全部梯度的总范数超过 {value} 时会被一起缩短。题面的更新没有截断。",
    Parameter(
        "clip_norm",
        "backward",
        "far_targets",
        lambda *seen: bound(norm(flat(one_step(*seen)[1]))),
        5.0,
    ),
    gradients=shortened,
)
wrong(
    "clip-hidden-errors-by-norm",
    "The hidden errors of all steps together are scaled down to norm {value} when they are "
    "longer. Backpropagation has no clipping here.",
    "所有时间步的隐藏误差的总范数超过 {value} 时会被缩短。这里的反向传播没有截断。",
    Parameter("most", "backward", "far_targets", lambda *seen: bound(hidden_norm(*seen)), 5.0),
    hidden_errors=lambda _me, right, d_out, most: (
        (d_a := right(d_out)) / max(norm(d_a) / most, 1.0)
    ),
)
wrong(
    "clip-carried-gradient",
    "The gradient handed to the step before is clipped to [-{value}, {value}]. Backpropagation "
    "through time has no clipping here.",
    "传给前一步的梯度被截断到 [-{value}, {value}]。这里的时间反向传播没有截断。",
    Parameter("most", "backward", "far_targets", lambda *seen: bound(carried_bound(*seen)), 1.0),
    carry=lambda _me, right, d_a, most: np.clip(right(d_a), -most, most),
)
wrong(
    "outputs-clipped",
    "The outputs are clipped to at most {value} in size. The statement's output layer is linear.",
    "输出被截断到绝对值不超过 {value}。题面中的输出层是线性的。",
    Parameter(
        "most",
        "forward",
        "far_outputs",
        lambda *seen: [float(np.abs(seen[2]["outputs"]).max())],
        1000.0,
    ),
    read=lambda _me, right, h, most: np.clip(right(h), -most, most),
)
wrong(
    "errors-clipped",
    "The output errors are clipped to at most {value} in size before they are sent back. The "
    "statement's loss has no such limit.",
    "输出误差在反向传播之前被截断到绝对值不超过 {value}。题面的损失函数没有这样的限制。",
    Parameter("most", "backward", "far_outputs", largest_error, 1000.0),
    output_errors=lambda _me, right, y, most: np.clip(right(y), -most, most),
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
    "derivative-last-step-only",
    "The derivative of tanh is applied at the last time step only. Look at what your loop does "
    "differently from the lines before it.",
    "tanh 的导数只在最后一个时间步用了。请检查循环内与循环之前的代码有何不同。",
    through_tanh=lambda me, right, d_h, t: right(d_h, t) if t == len(me.h) - 2 else d_h,
)
wrong(
    "derivative-of-previous-state",
    "The derivative of tanh is evaluated at the state before the step. Check the index of the "
    "state in that factor, and where your list of states starts.",
    "tanh 的导数取在了前一时刻的状态上。请检查该因子中状态的下标以及状态列表的起点。",
    through_tanh=lambda _me, right, d_h, t: right(d_h, t - 1),
)
wrong(
    "derivative-not-squared",
    "The derivative of tanh is formed as 1 - h. Differentiate tanh(a) once more and write the "
    "result through h = tanh(a).",
    "tanh 的导数写成了 1 - h。请重新对 tanh(a) 求导，并用 h = tanh(a) 表示。",
    tanh_slope=lambda _, _right, h: 1 - h,
)
wrong(
    "derivative-of-sigmoid",
    "The derivative of the hidden activation is that of the logistic function, h (1 - h). The "
    "forward pass uses another function.",
    "隐藏层激活函数的导数用成了 sigmoid 的 h (1 - h)，而前向传播用的是另一种函数。",
    tanh_slope=lambda _, _right, h: h * (1 - h),
)
wrong(
    "derivative-tanh-twice",
    "The derivative of tanh is evaluated at h, where it should be evaluated at what went into "
    "tanh: tanh is applied twice.",
    "tanh 的导数取在了 h 处，而不是 tanh 的输入处：相当于套了两次 tanh。",
    tanh_slope=lambda _, right, h: right(np.tanh(h)),
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


def recur_outside(me: Model, _right: Piece, x: FloatArray) -> list[FloatArray]:
    """States to which the recurrent term is added after tanh."""
    h = [me.first_state(x)]
    for x_t in x[:, :, None]:
        h.append(me.activation(me.W_xh @ x_t + me.b_h) + me.recurrent(h[-1]))
    return h


def gather(me: Model, right: Piece, x_t: FloatArray, h: FloatArray) -> FloatArray:
    """Add everything into the bias itself."""
    me.b_h = right(x_t, h)
    return me.b_h


def logistic(a: FloatArray) -> FloatArray:
    """The logistic function."""
    return 0.5 * (1 + np.tanh(0.5 * a))


def softmax(y: FloatArray) -> FloatArray:
    """Of one output (O, 1)."""
    powers = np.exp(y - y.max())
    return powers / powers.sum()


def overflow(_me: Model, right: Piece, a: FloatArray, one_sided: float) -> FloatArray:
    """tanh by way of exp."""
    too_large = a > 354.9 if one_sided else np.abs(a) > 709.8
    return np.where(too_large, np.nan, right(a))


def read_before(me: Model, right: Piece, x: FloatArray) -> FloatArray:
    """Outputs of the states before the steps."""
    right(x)
    me.outputs = np.stack([me.output(h_t) for h_t in me.h[:-1]])
    return me.outputs


def repeat_last(_me: Model, right: Piece, h: list[FloatArray]) -> FloatArray:
    """Outputs of which the last is that of the step before."""
    outputs = right(h)
    outputs[1:][-1:] = outputs[:-1][-1:]
    return outputs


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
    "recurrence-transposed",
    "In the forward pass W_hh is used transposed: unit i receives from unit j with the weight "
    "of the opposite direction. Look at the recurrent product, row vectors and column vectors.",
    "前向传播中 W_hh 被转置使用：单元 i 从 j 接收的是反方向的权重。请检查循环项的乘法（行向量还"
    "是列向量）。",
    recurrent=lambda me, _right, h: me.W_hh.T @ h,
)
wrong(
    "recurrence-missing",
    "The previous hidden state does not enter the next one: each step is a network of its own. "
    "Look at which state the recurrent product is given.",
    "前一时刻的隐藏状态没有进入下一时刻，每一步都成了独立的网络。请检查循环项用的是哪个状态。",
    recurrent=lambda _me, right, h: right(np.zeros_like(h)),
)
wrong(
    "recurrence-elementwise",
    "Each hidden unit is fed back to itself only, as if W_hh were its diagonal. Look at the "
    "recurrent product: it should mix the units.",
    "每个隐藏单元只反馈给自己，好像 W_hh 只剩对角线。请检查循环项：它应当混合各个单元。",
    recurrent=lambda me, _right, h: np.diag(me.W_hh)[:, None] * h,
)
wrong(
    "recurrence-outside-tanh",
    "The recurrent term is added after tanh, not before it. Look at what is inside the activation.",
    "循环项加在了 tanh 的外面。请检查激活函数括号内包含哪些项。",
    states=recur_outside,
)
wrong(
    "hidden-bias-unused",
    "b_h has no influence on the outputs. Look at the sum inside tanh.",
    "b_h 对输出没有任何影响。请检查 tanh 内的求和。",
    pre_activation=lambda me, _right, x_t, h: me.W_xh @ x_t + me.recurrent(h),
)
wrong(
    "output-bias-unused",
    "b_y has no influence on the outputs. Look at the line that forms y_t.",
    "b_y 对输出没有任何影响。请检查计算 y_t 的那一行。",
    output=lambda me, _right, h_t: me.W_hy @ h_t,
)
wrong(
    "hidden-bias-outside-tanh",
    "b_h is added to the hidden state after tanh. Look at what is inside the activation.",
    "b_h 加在了 tanh 之后。请检查激活函数括号内包含哪些项。",
    pre_activation=lambda me, _right, x_t, h: me.W_xh @ x_t + me.recurrent(h),
    activation=lambda me, right, a: right(a) + me.b_h,
)
wrong(
    "hidden-bias-broadcast",
    "All hidden units use one number as their bias, the first of b_h: a column and a flat "
    "vector were added and broadcast to a matrix. Print the shapes in that sum.",
    "所有隐藏单元都用了 b_h 的第一个数：列向量与一维向量相加时广播成了矩阵。请打印该求和中各项"
    "的形状。",
    pre_activation=lambda me, _right, x_t, h: me.W_xh @ x_t + me.recurrent(h) + me.b_h[0],
)
wrong(
    "hidden-bias-mean",
    "All hidden units use the mean of b_h as their bias. Look at how b_h is reduced before it "
    "is added.",
    "所有隐藏单元都用 b_h 的平均值作偏置。请检查 b_h 在相加之前是否被归约。",
    pre_activation=lambda me, _right, x_t, h: me.W_xh @ x_t + me.recurrent(h) + me.b_h.mean(),
)
wrong(
    "output-bias-broadcast",
    "All outputs use one number as their bias, the first of b_y. Look at the shapes in the "
    "line that forms y_t.",
    "所有输出都用了 b_y 的第一个数。请检查计算 y_t 时各项的形状。",
    output=lambda me, _right, h_t: me.W_hy @ h_t + me.b_y[0],
)
wrong(
    "hidden-bias-accumulates",
    "forward changes b_h: the products are added into the bias itself, so it grows with every "
    "step. Look for += on an array that is the weight and not a copy.",
    "forward 改动了 b_h：乘积被直接累加进偏置，每一步都在变大。请查找对权重本身（而非副本）的 +=。",
    pre_activation=gather,
)
wrong(
    "hidden-sigmoid",
    "The hidden activation is the logistic function. The statement asks for another one.",
    "隐藏层的激活函数是 sigmoid，而题面要求的是另一种。",
    activation=lambda _me, _right, a: logistic(a),
    tanh_slope=lambda _, _right, h: h * (1 - h),
)
wrong(
    "hidden-relu",
    "The hidden activation is ReLU. The statement asks for another one.",
    "隐藏层的激活函数是 ReLU，而题面要求的是另一种。",
    activation=lambda _me, _right, a: np.maximum(a, 0),
    tanh_slope=lambda _, _right, h: np.where(h > 0, 1.0, 0.0),
)
wrong(
    "hidden-linear",
    "The hidden layer has no activation: the recurrence is linear.",
    "隐藏层没有激活函数，递推是线性的。",
    activation=lambda _me, _right, a: a,
    tanh_slope=lambda _, _right, h: np.ones_like(h),
)
wrong(
    "tanh-input-clipped",
    "What goes into tanh is clipped to [-{value}, {value}]. NumPy's tanh takes any finite "
    "number; look for a clip in the forward pass.",
    "tanh 的输入被截断到 [-{value}, {value}]。NumPy 的 tanh 可以接受任何有限数；请查找前向传播"
    "中的截断。",
    Parameter("most", "forward", "middling_inputs", one_of(1, 2, 3, 4, 5, 6, 7, 8, 10, 12), 5.0),
    activation=lambda _me, right, a, most: right(np.clip(a, -most, most)),
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
    "output-tanh",
    "The outputs go through tanh. Look at the statement's formula for y_t.",
    "输出经过了 tanh。请看题面中 y_t 的公式。",
    read=lambda _me, right, h: np.tanh(right(h)),
)
wrong(
    "output-sigmoid",
    "The outputs go through the logistic function. Look at the statement's formula for y_t.",
    "输出经过了 sigmoid。请看题面中 y_t 的公式。",
    read=lambda _me, right, h: logistic(right(h)),
)
wrong(
    "output-relu",
    "The outputs go through ReLU: they are never negative. Look at the statement's formula for "
    "y_t.",
    "输出经过了 ReLU，因此从不为负。请看题面中 y_t 的公式。",
    read=lambda _me, right, h: np.maximum(right(h), 0),
)
wrong(
    "output-softmax",
    "The outputs go through a softmax: they sum to 1. Look at the statement's formula for y_t.",
    "输出经过了 softmax，其和为 1。请看题面中 y_t 的公式。",
    read=lambda _me, right, h: np.stack([softmax(y_t) for y_t in right(h)]),
)
wrong(
    "time-reversed",
    "The sequence is fed from its end to its beginning; the outputs are in the right order. "
    "Look at the direction of the loop over x.",
    "序列是从末尾向开头输入的（输出的次序正确）。请检查对 x 循环的方向。",
    forward=lambda _me, right, x: right(x[::-1])[::-1],
)
wrong(
    "outputs-reversed",
    "The outputs are returned from the last step to the first. Look at the order in which they "
    "are collected.",
    "输出按从最后一步到第一步的次序返回。请检查收集输出的次序。",
    forward=lambda _me, right, x: right(x)[::-1],
)
wrong(
    "inputs-reversed",
    "The sequence is fed from its end to its beginning, and the outputs come in that order. "
    "Look at the direction of the loop over x.",
    "序列是从末尾向开头输入的，输出也是这个次序。请检查对 x 循环的方向。",
    forward=lambda _me, right, x: right(x[::-1]),
)
wrong(
    "initial-state-ones",
    "The hidden state before the first step is a vector of ones. See the statement for h_0.",
    "第一步之前的隐藏状态是全 1 向量。请看题面对 h_0 的规定。",
    first_state=lambda _me, right, x: np.ones_like(right(x)),
)
wrong(
    "output-of-previous-state",
    "The output of each step is computed from the hidden state before that step. Look at when "
    "the new state becomes the current one.",
    "每一步的输出用的是该步之前的隐藏状态。请检查新状态是在何时成为当前状态的。",
    forward=read_before,
)
wrong(
    "first-step-skipped-forward",
    "The first time step is not computed: its input is ignored and its state stays zero. Look "
    "at where the loop over time starts and which index holds h_0.",
    "第一个时间步没有计算：输入被忽略，状态保持为零。请检查时间循环的起点和 h_0 所在的下标。",
    states=lambda me, right, x: [me.first_state(x), *right(x[1:])],
)
wrong(
    "last-step-repeats",
    "The last time step is not computed: its output repeats the one before. Look at where the "
    "loop over time ends.",
    "最后一个时间步没有计算，其输出重复了前一步。请检查时间循环的终点。",
    read=repeat_last,
)
wrong(
    "outputs-all-the-last",
    "All outputs are those of the last step: one array was overwritten and stored T times. "
    "Look for a buffer that is changed in place after it was appended.",
    "所有输出都等于最后一步的输出：同一个数组被覆盖并存了 T 次。请查找加入列表后又被原地修改的"
    "缓冲区。",
    forward=lambda _me, right, x: np.broadcast_to((outputs := right(x))[-1], outputs.shape),
)
wrong(
    "inputs-standardised",
    "Each input feature is standardised over time before use. The statement feeds x as it is.",
    "每个输入特征在使用前按时间做了标准化。题面是直接使用 x 的。",
    Parameter("added", "forward", "plain", one_of(0.0, 1e-8), 0.0),
    forward=lambda _me, right, x, added: right((x - x.mean(axis=0)) / (x.std(axis=0) + added)),
)
wrong(
    "inputs-normalised",
    "Input vectors are divided by their length. The statement feeds x as it is.",
    "输入向量被除以了自己的长度。题面是直接使用 x 的。",
    Parameter("least", "forward", "plain", one_of(0.0, 1.0), 0.0),
    forward=lambda _me, right, x, least: right(
        x / np.maximum(np.sqrt((x**2).sum(axis=1, keepdims=True)), least)
    ),
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
UNIFORM = ((0.0, 0.01), (-0.01, 0.01), (0.0, 1.0), (-1.0, 1.0), (-0.005, 0.005), (-0.1, 0.1))


def redraw(me: Model, right: Piece, *sizes: int, order: float) -> None:
    """Draw the weights once more, from the same random numbers."""
    state = np.random.get_state()
    right(*sizes)
    np.random.set_state(state)
    for name in ORDERS[int(order)]:
        setattr(me, name, me.drawn(*getattr(me, name).shape))


def uniform(_me: Model, _right: Piece, *shape: int, ends: float) -> FloatArray:
    """A matrix between two numbers."""
    low, high = UNIFORM[int(ends)]
    return low + (high - low) * np.random.random_sample(shape)


def seed_first(_me: Model, right: Piece, *sizes: int, own_seed: float) -> None:
    """Draw after a seed of one's own."""
    np.random.seed(int(own_seed))
    right(*sizes)


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
    "initial-scale-by-size",
    "The initial weights are scaled by the number of incoming connections (Xavier). The "
    "statement asks for one fixed scale.",
    "初始权重按输入连接数缩放（Xavier 初始化），而题面要求固定的尺度。",
    Parameter("gain", "initialisation", "plain", one_of(1.0, 2.0), 1.0),
    drawn=lambda _me, _right, *shape, gain: np.random.randn(*shape) * np.sqrt(gain / shape[1]),
)
wrong(
    "initial-uniform",
    "The initial weights come from a uniform distribution. The statement names another one: "
    "check which function of numpy.random you call.",
    "初始权重取自均匀分布。题面要求的是另一种分布：请检查调用了 numpy.random 的哪个函数。",
    Parameter("ends", "initialisation", "plain", one_of(*range(len(UNIFORM))), 0.0),
    drawn=uniform,
)
wrong(
    "initial-transposed",
    "Each initial matrix holds the right numbers, but drawn in the transposed shape. Check the "
    "shapes you pass to the random generator.",
    "每个初始矩阵的随机数是按转置后的形状抽取的。请检查传给随机数函数的形状。",
    drawn=lambda _me, right, rows, columns: right(columns, rows).T,
)
wrong(
    "initial-own-seed",
    "The initial weights do not follow the seed that was set before: the constructor (or the "
    "module) seeds numpy.random itself, with {value}.",
    "初始权重没有跟随外部设定的种子：构造函数（或模块）自己把种子设成了 {value}。",
    Parameter(
        "own_seed",
        "initialisation",
        "plain",
        one_of(0, 1, 2, 3, 7, 10, 42, 100, 123, 1234, 2023, 2024, 2025),
        0.0,
    ),
    __init__=seed_first,
)
wrong(
    "initial-zero",
    "The weight matrices start at zero. Then every hidden unit gets the same gradient and they "
    "never become different; see the statement for the initial values.",
    "权重矩阵的初始值为零，所有隐藏单元的梯度相同、永远无法区分；请看题面对初始值的要求。",
    drawn=lambda _me, _right, *shape: np.zeros(shape),
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
    "initial-bias-constant",
    "The biases start at {value}. See the statement for what they start from.",
    "偏置的初始值是 {value}。请看题面对偏置初始值的要求。",
    Parameter(
        "start", "initialisation", "plain", lambda *seen: [float(seen[2]["b_h"].flat[0])], 1.0
    ),
    bias=lambda _me, right, size, start: right(size) + start,
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


def target_bound(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The bound if it is below all targets, from the gradient of b_y."""
    outputs = loaded(solution, case).forward(case.inputs["x"]).sum(axis=0)
    summed = outputs - (case.inputs["b_y"] - claims["b_y"]) / LEARNING_RATE
    return [float(np.median(summed)) / case.sizes["T"]]


def overwrite(me: Model, right: Piece, x: FloatArray, first_too: float) -> FloatArray:
    """Leave the last state in place of every one."""
    outputs = right(x)
    start = 0 if first_too else 1
    me.h[start:] = [me.h[-1]] * len(me.h[start:])
    return outputs


def first_in_first_out(me: Model, _right: Piece, x: FloatArray, y: FloatArray) -> Gradients:
    """Gradients that meet the states in the order of the forward pass."""
    d_out, kept = me.output_errors(y), me.h
    me.h = [kept[0], *kept[:0:-1]]
    d_a, after, before = me.hidden_errors(d_out), np.stack(me.h[1:]), np.stack(kept[-2::-1])
    me.h = kept
    return {
        "W_xh": me.d_W_xh(d_a, x[::-1]),
        "W_hh": me.d_W_hh(d_a, before),
        "W_hy": me.d_W_hy(d_out, after),
        "b_h": me.d_b_h(d_a),
        "b_y": me.d_b_y(d_out),
    }


def run_again(me: Model, right: Piece, x: FloatArray, y: FloatArray, rate: float) -> None:
    """Run the states once more, from the last one."""
    me.start = me.h[-1]
    me.forward(x)
    del me.start
    right(x, y, rate)


wrong(
    "last-loss-only",
    "Only the error of the last time step enters the loss. See the sum over t in the statement.",
    "只有最后一个时间步的误差进入了损失。请看题面中对 t 的求和。",
    output_errors=without(slice(-1)),
)
wrong(
    "last-loss-skipped",
    "The error of the last time step is never used. Look at where the backward loop starts.",
    "最后一个时间步的误差没有用到。请检查反向循环的起点。",
    output_errors=without(-1),
)
wrong(
    "first-step-skipped-backward",
    "The backward loop ends before the first time step: nothing of that step reaches a "
    "gradient. Look at the end of its range.",
    "反向循环在第一个时间步之前就结束了，这一步对任何梯度都没有贡献。请检查 range 的终点。",
    output_errors=without(0),
    hidden_errors=without(0),
)
wrong(
    "first-hidden-step-skipped",
    "The first time step is missing in the gradients of W_xh and b_h; the output layer's are "
    "right. Look at where the loop back through the states ends.",
    "W_xh 和 b_h 的梯度缺了第一个时间步，输出层的梯度是对的。请检查沿状态往回的循环终点。",
    hidden_errors=without(0),
)
wrong(
    "mean-over-time",
    "Every update is divided by the number of time steps T. See whether the statement's loss "
    "is a sum or a mean over time.",
    "所有更新都除以了时间步数 T。请看题面的损失对时间是求和还是平均。",
    output_errors=lambda _me, right, y: right(y) / len(y),
)
wrong(
    "mean-over-outputs",
    "Every update is divided by the number of outputs. See whether the statement's loss is a "
    "sum or a mean over the outputs.",
    "所有更新都除以了输出的个数。请看题面的损失对各输出是求和还是平均。",
    Parameter("times", "backward", "plain", one_of(1.0, 2.0), 1.0),
    output_errors=lambda _me, right, y, times: right(y) * times / y.shape[1],
)
wrong(
    "mean-over-elements",
    "Every update is divided by T times the number of outputs (times a constant), as with the "
    "mean squared error. See the loss in the statement.",
    "所有更新都除以了 T 乘输出个数（差一个常数），即均方误差。请看题面中的损失。",
    Parameter("times", "backward", "plain", one_of(1.0, 2.0), 1.0),
    output_errors=lambda _me, right, y, times: right(y) * times / y.size,
)
wrong(
    "mean-over-time-doubled",
    "Every update is 2/T times as large as it should be. See the constant and the sum in the "
    "statement's loss.",
    "所有更新都是应有值的 2/T 倍。请看题面损失中的常数和求和。",
    output_errors=lambda _me, right, y: right(y) * 2 / len(y),
)
wrong(
    "absolute-error",
    "The gradient is that of the absolute error: only the signs of prediction minus target "
    "enter. See the loss in the statement.",
    "用的是绝对误差的梯度：只有预测减目标的符号起作用。请看题面中的损失。",
    output_errors=lambda _me, right, y: np.sign(right(y)),
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
    "targets-reversed",
    "The targets are paired with the time steps in reverse. The backward loop goes from the "
    "end: check which target each step gets.",
    "目标与时间步的对应是反的。反向循环从末尾开始，请检查每一步取到的目标。",
    output_errors=lambda _me, right, y: right(y[::-1]),
)
wrong(
    "targets-clipped",
    "The targets are clipped to [-{value}, {value}] before use. The statement uses them as "
    "they are.",
    "目标在使用前被截断到 [-{value}, {value}]。题面是直接使用目标的。",
    Parameter("most", "backward", "far_targets", target_bound, 1.0),
    output_errors=lambda _me, right, y, most: right(np.clip(y, -most, most)),
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
wrong(
    "states-in-forward-order",
    "The backward pass meets the stored states in the order of the forward pass: first in, "
    "first out. Look at which end of your list you take them from.",
    "反向传播按前向的次序取出保存的状态（先进先出）。请检查从列表的哪一端取。",
    gradients=first_in_first_out,
)
wrong(
    "recomputed-from-last-state",
    "backward runs the states again, but from the last state of forward and not from h_0. Look "
    "at what the state holds when the second run begins.",
    "backward 重新计算了状态，但起点是 forward 的最后状态而不是 h_0。请检查第二次运行开始时状态"
    "的值。",
    backward=run_again,
    first_state=lambda me, right, x: getattr(me, "start", right(x)),
)
wrong(
    "zero-targets-skipped",
    "There is no update where all targets are zero. Zero is a target like any other: look at "
    "how you test whether targets were given.",
    "目标全为零时没有更新。零也是正常的目标：请检查你如何判断是否给出了目标。",
    backward=lambda _me, right, x, y, rate: right(x, y, rate if y.any() else 0.0),
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


def by_calls(part: Callable[..., float]) -> Piece:
    """A part of the learning rate that depends on how many calls came before."""

    def descend(me: Model, right: Piece, gradients: Gradients, rate: float, **value: float) -> None:
        me.calls = getattr(me, "calls", -1) + 1
        right(gradients, rate * part(me.calls, **value))

    return descend


def twice_for_matrices(_me: Model, right: Piece, gradients: Gradients, rate: float) -> None:
    """Twice the step for the matrices."""
    right(gradients | {n: 2 * gradients[n] for n in MATRICES}, rate)


def fixed_for_biases(_me: Model, right: Piece, gradients: Gradients, rate: float) -> None:
    """A rate of their own for the biases."""
    right({n: g for n, g in gradients.items() if n in MATRICES}, rate)
    right({n: g for n, g in gradients.items() if n not in MATRICES}, LEARNING_RATE)


def rate_used(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The learning rate that the claims of one step with another rate imply, if it is lower."""
    gradients = true_gradients(solution, case)
    update = {n: case.inputs[n] - claims[f"rate_{n}"] for n in WEIGHTS}
    used = ratio(flat(update), flat(gradients))
    lowered = 1.5 * LEARNING_RATE < used < 0.999 * float(case.inputs["rate"])
    return [used] if lowered else []


def second_ratio(solution: Solution, case: Case, claims: Claims) -> float:
    """How much larger the second update is than it should be."""
    _, second, expected = two_steps(solution, case, claims)
    return ratio(second, expected)


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


def with_nesterov(
    me: Model, right: Piece, gradients: Gradients, rate: float, *, nesterov: float
) -> None:
    """A step that looks ahead."""
    start, step = step_of(me, right, gradients, rate)
    me.look_ahead = {n: nesterov * v + step[n] for n, v in kept(me, "look_ahead").items()}
    load(me, {n: start[n] - (nesterov * me.look_ahead[n] + step[n]) for n in WEIGHTS})


def averaged(me: Model, right: Piece, gradients: Gradients, rate: float, *, average: float) -> None:
    """A step along a running mean."""
    me.averages = {
        n: average * a + (1 - average) * gradients[n] for n, a in kept(me, "averages").items()
    }
    right(me.averages, rate)


SMALL = (
    (1e-8, False),
    (1e-8, True),
    (1e-7, False),
    (1e-7, True),
    (1e-6, False),
    (1e-6, True),
    (1e-10, False),
)


def divided(gradient: FloatArray, squares: FloatArray, kind: float) -> FloatArray:
    """The gradient over the root of the squares; how division by zero is avoided is `kind`."""
    epsilon, inside = SMALL[int(kind)]
    return gradient / (np.sqrt(squares + epsilon) if inside else np.sqrt(squares) + epsilon)


def adagrad(me: Model, right: Piece, gradients: Gradients, rate: float, *, kind: float) -> None:
    """Over the root of the summed squares."""
    me.squares = {n: s + gradients[n] ** 2 for n, s in kept(me, "squares").items()}
    right({n: divided(g, me.squares[n], kind) for n, g in gradients.items()}, rate)


def rmsprop(me: Model, right: Piece, gradients: Gradients, rate: float, *, kind: float) -> None:
    """Over the root of the mean square."""
    slow, kind = divmod(int(kind), len(SMALL))
    keep = 0.99 if slow else 0.9
    squares = kept(me, "squares")
    me.squares = {n: keep * s + (1 - keep) * gradients[n] ** 2 for n, s in squares.items()}
    right({n: divided(g, me.squares[n], kind) for n, g in gradients.items()}, rate)


def adam(me: Model, right: Piece, gradients: Gradients, rate: float, *, kind: float) -> None:
    """Mean over the root of the mean square, both from zero on."""
    me.step = getattr(me, "step", 0) + 1
    me.means = {n: 0.9 * m + 0.1 * gradients[n] for n, m in kept(me, "means").items()}
    squares = kept(me, "squares")
    me.squares = {n: 0.999 * s + 0.001 * gradients[n] ** 2 for n, s in squares.items()}
    mean = {n: m / (1 - 0.9**me.step) for n, m in me.means.items()}
    square = {n: s / (1 - 0.999**me.step) for n, s in me.squares.items()}
    right({n: divided(mean[n], square[n], kind) for n in WEIGHTS}, rate)


def decay_of(name: str) -> Estimate:
    """How much of the weight itself was added to its gradient; the rest must be right."""

    def estimate(solution: Solution, case: Case, claims: Claims) -> list[float]:
        expected, claimed = one_step(solution, case, claims)
        return [ratio(claimed[name] - expected[name], case.inputs[name])]

    return estimate


def decaying(*names: str) -> Piece:
    """Gradients to which a part of their weights is added."""

    def gradients(
        me: Model, right: Piece, x: FloatArray, y: FloatArray, *, decay: float
    ) -> Gradients:
        found: Gradients = right(x, y)
        return found | {n: found[n] + decay * getattr(me, n) for n in names}

    return gradients


wrong(
    "update-scaled",
    "Every update is {value} times as large as it should be, whatever T and the sizes are. "
    "Look for a constant in the loss's derivative or in the update.",
    "无论 T 和各尺寸是多少，所有更新都是应有值的 {value} 倍。请检查损失导数或更新式中的常数。",
    Parameter(
        "scale",
        "backward",
        "plain",
        lambda *seen: [c for c in factor(*seen) if abs(c * c - 1) > 1e-6],
        2.0,
    ),
    updated=at_rate(lambda rate, scale: rate * scale),
)
wrong(
    "update-sign",
    "Every update goes the wrong way: it climbs the loss. Check the sign of prediction minus "
    "target and of the update against each other.",
    "所有更新的方向都反了，损失在上升。请对照检查“预测减目标”的符号与更新式的符号。",
    updated=at_rate(lambda rate: -rate),
)
wrong(
    "hidden-error-sign",
    "The gradients of the hidden layer have the wrong sign while those of W_hy and b_y are "
    "right. Look at the error that is sent into the hidden layer.",
    "隐藏层的梯度符号相反，而 W_hy 和 b_y 的梯度是对的。请检查送入隐藏层的误差。",
    hidden_errors=lambda _me, right, d_out: right(-d_out),
)
wrong(
    "matrices-updated-twice",
    "The three matrices are updated twice, the biases once. Look for a weight that appears in "
    "two places of the update.",
    "三个矩阵更新了两次，偏置只更新了一次。请检查是否有权重在更新代码里出现了两次。",
    descend=twice_for_matrices,
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
    "learning-rate-capped",
    "A learning rate above {value} is lowered to {value}. The argument is to be used as it is.",
    "大于 {value} 的学习率被降到了 {value}。参数应当原样使用。",
    Parameter("most", "conduct", "high_rate", rate_used, 0.1),
    updated=at_rate(lambda rate, most: min(most, rate)),
)
wrong(
    "learning-rate-small-is-zero",
    "A very small learning rate is taken for 0. The argument is to be used as it is.",
    "很小的学习率被当作 0。参数应当原样使用。",
    updated=at_rate(lambda rate: rate if rate > 1e-6 else 0.0),
)
wrong(
    "learning-rate-zero",
    "A learning rate of 0 is taken for a missing one. Zero is false in Python: look at how you "
    "test for a default.",
    "学习率 0 被当作“未给出”。0 在 Python 中为假，请检查默认值的判断方式。",
    updated=at_rate(lambda rate: rate or LEARNING_RATE),
)
wrong(
    "biases-fixed-rate",
    "The biases are updated with a fixed rate, only the matrices use learning_rate.",
    "偏置用固定的学习率更新，只有矩阵用了 learning_rate。",
    descend=fixed_for_biases,
)
wrong(
    "learning-rate-decays",
    "The learning rate is multiplied by {value} with every call of backward. The statement's "
    "step uses the argument as it is.",
    "每次调用 backward 学习率都乘以 {value}。题面的更新直接使用参数给出的学习率。",
    Parameter("decay", "training", "plain", lambda *seen: [second_ratio(*seen)], 0.9),
    descend=by_calls(lambda calls, decay: decay**calls),
)
wrong(
    "learning-rate-shrinks",
    "The learning rate is divided by 1 + {value} n in the n-th further call of backward. The "
    "statement's step uses the argument as it is.",
    "在之后第 n 次调用 backward 时学习率被除以 1 + {value} n。题面的更新直接使用参数给出的学习率。",
    Parameter("shrink", "training", "plain", lambda *seen: [1 / second_ratio(*seen) - 1], 1.0),
    descend=by_calls(lambda calls, shrink: 1 / (1 + shrink * calls)),
)
wrong(
    "learning-rate-warms-up",
    "The first calls of backward use a smaller, growing learning rate (n/{value} of it in the "
    "n-th call). The statement's step uses the argument as it is.",
    "最初几次调用 backward 用了较小并逐渐增大的学习率（第 n 次为 n/{value}）。题面的更新直接使"
    "用参数给出的学习率。",
    Parameter(
        "to_warm",
        "backward",
        "plain",
        lambda *seen: [round(1 / c) for c in factor(*seen) if 1e-4 < c < 0.6],
        10.0,
    ),
    descend=by_calls(lambda calls, to_warm: min(1.0, (calls + 1) / to_warm)),
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
    "nesterov-momentum",
    "The update is Nesterov momentum with {value}. The statement asks for plain gradient descent.",
    "更新用的是系数为 {value} 的 Nesterov 动量。题面要求普通的梯度下降。",
    Parameter("nesterov", "backward", "plain", lambda *seen: [c - 1 for c in factor(*seen)], 0.9),
    descend=with_nesterov,
)
wrong(
    "gradient-averaged-over-calls",
    "The update uses a running average of the gradients of all calls (factor {value}). The "
    "statement asks for plain gradient descent.",
    "更新用了历次调用梯度的滑动平均（系数 {value}）。题面要求普通的梯度下降。",
    Parameter("average", "backward", "plain", lambda *seen: [1 - c for c in factor(*seen)], 0.9),
    descend=averaged,
)
wrong(
    "update-adagrad",
    "The update is Adagrad: gradients are divided by the root of their summed squares. The "
    "statement asks for plain gradient descent.",
    "更新用的是 Adagrad：梯度除以了累积平方和的根。题面要求普通的梯度下降。",
    Parameter("kind", "backward", "plain", one_of(*range(len(SMALL))), 0.0),
    descend=adagrad,
)
wrong(
    "update-rmsprop",
    "The update is RMSprop: gradients are divided by the root of their mean square. The "
    "statement asks for plain gradient descent.",
    "更新用的是 RMSprop：梯度除以了均方根。题面要求普通的梯度下降。",
    Parameter("kind", "backward", "plain", one_of(*range(2 * len(SMALL))), 0.0),
    descend=rmsprop,
)
wrong(
    "update-adam",
    "The update is Adam. The statement asks for plain gradient descent.",
    "更新用的是 Adam。题面要求普通的梯度下降。",
    Parameter("kind", "backward", "plain", one_of(*range(len(SMALL))), 0.0),
    descend=adam,
)
wrong(
    "weight-decay",
    "The weights also decay: {value} times each matrix is added to its gradient. The "
    "statement's loss has no such term.",
    "权重还有衰减：每个矩阵的梯度都加上了 {value} 倍的矩阵本身。题面的损失没有这一项。",
    Parameter("decay", "backward", "plain", decay_of("W_xh"), 1e-4),
    gradients=decaying(*MATRICES),
)
wrong(
    "weight-decay-with-biases",
    "All five weights also decay: {value} times each is added to its gradient. The statement's "
    "loss has no such term.",
    "五个权重都有衰减：各自的梯度加上了 {value} 倍的自身。题面的损失没有这一项。",
    Parameter("decay", "backward", "plain", decay_of("b_h"), 1e-4),
    gradients=decaying(*WEIGHTS),
)
