"""Ways to get gru wrong: the reference with a piece or two changed, and what to tell.

grader/problems/mistakes.py says how a change is called. A message names the mathematics and where
to look; it never gives the answer away. What else can go wrong is told by the line at fault.
"""

from typing import Any

import numpy as np

from grader.model import FloatArray, Parameter
from grader.problems.mistakes import Catalogue, one_of

MISCONCEPTIONS = Catalogue()
wrong = MISCONCEPTIONS.wrong


def nothing(_me: Any, _right: Any, given: FloatArray, _other: Any) -> FloatArray:  # noqa: ANN401  # pieces, and what they are given
    """What a path hands back that was forgotten."""
    return 0 * given


def add_to_totals(me: Any, right: Any, x: FloatArray, y: FloatArray) -> dict[str, FloatArray]:  # noqa: ANN401  # as above
    """Gradients that all calls add to."""
    totals = me.__dict__.setdefault("totals", {})
    for name, gradient in right(x, y).items():
        totals[name] = totals.get(name, 0) + gradient
    return dict(totals)


def of_states_before(me: Any, _right: Any, x: FloatArray) -> FloatArray:  # noqa: ANN401  # as above
    """Outputs that are one state late."""
    me.steps = me.run(x)
    me.outputs = np.stack([me.output(step.before) for step in me.steps])
    return me.outputs


wrong(
    "initial-scale",
    "The initial weights are {value} times what they should be. See the statement for their scale.",
    "初始权重是应有值的 {value} 倍。请看题面对初始尺度的规定。",
    Parameter("times", "initialisation", "plain", one_of(10.0, 0.1, 100.0), 10.0),
    drawn=lambda _me, right, *shape, times: times * right(*shape),
)
wrong(
    "gates-exchanged",
    "The reset gate and the update gate are exchanged. Look at the order in which the statement "
    "counts the gates on the first axis of the weights.",
    "重置门与更新门互换了。请看题面规定的权重第一个轴上各门的次序。",
    gates=lambda _me, right, of_x, h: right(of_x, h)[::-1],
)
wrong(
    "reset-after-product",
    "The reset gate acts on the product of weights and state, as in some libraries. Look at what "
    "the statement multiplies with the gate.",
    "重置门作用在权重与状态的乘积上，某些库是这样做的。请看题面中与重置门相乘的是什么。",
    new=lambda me, _right, of_x, r, h: np.tanh(of_x + r * (me.W_hh[2] @ h)),
)
wrong(
    "reset-gate-unused",
    "The proposed state sees the whole state before: the reset gate changes nothing. Look at where "
    "the statement uses it.",
    "候选状态看到的是完整的前一状态：重置门不起作用。请看题面中重置门用在何处。",
    new=lambda _me, right, of_x, r, h: right(of_x, np.ones_like(r), h),
)
wrong(
    "proposed-state-sigmoid",
    "The proposed state passes a sigmoid, as the gates do. The statement names another function.",
    "候选状态也像门一样经过了 sigmoid。题面要求的是另一个函数。",
    new=lambda me, _right, of_x, r, h: (1 + np.tanh((of_x + me.W_hh[2] @ (r * h)) / 2)) / 2,
)
wrong(
    "bias-unused",
    "The bias of gate {value} (counted from 0) is never added. Look at the statement's formula.",
    "第 {value} 个门（从 0 数起）的偏置从未加上。请看题面的公式。",
    Parameter("gate", "forward", "plain", one_of(0.0, 1.0, 2.0), 2.0),
    gates=lambda me, right, of_x, h, gate: right(
        of_x - me.b_h * (np.arange(3) == gate)[:, None, None], h
    ),
    new=lambda me, right, of_x, r, h, gate: right(of_x - me.b_h[2] * (gate == 2), r, h),
)
wrong(
    "outputs-of-states-before",
    "Each output is made of the state before its step. Look at which state the statement reads.",
    "每个输出用的是该步之前的状态。请看题面中输出读取的是哪个状态。",
    forward=of_states_before,
)
wrong(
    "update-gate-inverted",
    "The update gate keeps the state where it should replace it, and the other way round. Look at "
    "what a gate of 1 means in the statement.",
    "更新门在应当替换状态时保留了状态，反之亦然。请看题面中门为 1 时的含义。",
    mixed=lambda _me, right, z, n, h: right(1 - z, n, h),
)
wrong(
    "state-kept-between-calls",
    "Each forward starts from the last hidden state of the call before. See the statement for "
    "what every sequence starts from.",
    "每次 forward 都从上一次调用的最后隐藏状态开始。请看题面对每个序列初始状态的规定。",
    first_state=lambda me, right, x: me.steps[-1].h if hasattr(me, "steps") else right(x),
)
wrong(
    "nothing-carried-back",
    "The hidden gradient of step t+1 never reaches step t: each state sees the error of its own "
    "output only. Look at what your backward loop hands from one pass to the next.",
    "第 t+1 步的隐藏梯度从未传到第 t 步：每个状态只看到自己输出的误差。请检查反向循环每次向下一次"
    "传递了什么。",
    direct=nothing,
    past_reset=nothing,
    through_gates=nothing,
)
wrong(
    "direct-path-missing",
    "The state before is kept in part, and the gradient along this path is left out. Look at how "
    "the new state depends on the state before without any weight in between.",
    "前一状态有一部分被直接保留，而这条路径上的梯度被遗漏了。请看新状态如何不经过任何权重而依赖前一"
    "状态。",
    direct=nothing,
)
wrong(
    "past-reset-missing",
    "What the proposed state hands back to the state before is left out. Look at everything the "
    "state before is multiplied with.",
    "候选状态传回前一状态的梯度被遗漏了。请看前一状态与哪些量相乘。",
    past_reset=nothing,
)
wrong(
    "past-reset-whole",
    "What the proposed state hands back to the state before does not pass the reset gate. Look at "
    "everything the state before is multiplied with.",
    "候选状态传回前一状态的梯度没有经过重置门。请看前一状态与哪些量相乘。",
    past_reset=lambda _me, _right, d_reset, _step: d_reset,
)
wrong(
    "gates-hand-nothing-back",
    "The state before acts on both gates, and the gradient along these paths is left out. Look at "
    "what the gates are computed from.",
    "前一状态影响两个门，而这些路径上的梯度被遗漏了。请看两个门是由什么算出的。",
    through_gates=nothing,
)
wrong(
    "gate-hands-nothing-back",
    "The state before acts on gate {value} (counted from 0), and the gradient along this path is "
    "left out. Look at what the gate is computed from.",
    "前一状态影响第 {value} 个门（从 0 数起），而这条路径上的梯度被遗漏了。请看该门由什么算出。",
    Parameter("gate", "backward", "plain", one_of(0.0, 1.0), 1.0),
    through_gates=lambda _me, right, d_r, d_z, gate: right(d_r * (gate != 0), d_z * (gate != 1)),
)
wrong(
    "update-gate-sees-half",
    "The gradient of the update gate takes one of the two states that it mixes, and not the other. "
    "Look at both terms of the new state.",
    "更新门的梯度只考虑了它所混合的两个状态之一。请看新状态的两项。",
    Parameter("kept", "backward", "plain", one_of(0.0, 1.0), 0.0),
    through_update=lambda _me, _right, d, step, kept: (
        d * (step.before if kept else -step.n) * step.z * (1 - step.z)
    ),
)
wrong(
    "slope-missing",
    "The derivative of the function of gate {value} (counted from 0, as the weights are) is "
    "missing. Look at what the chain rule says where a gradient passes its sigmoid or tanh.",
    "第 {value} 个门（与权重一样从 0 数起）的函数导数缺失。请看梯度经过 sigmoid 或 tanh 时链式法则"
    "的要求。",
    Parameter("gate", "backward", "plain", one_of(0.0, 1.0, 2.0), 1.0),
    through_reset=lambda _me, right, d, step, gate: (
        d * step.before if gate == 0 else right(d, step)
    ),
    through_update=lambda _me, right, d, step, gate: (
        d * (step.before - step.n) if gate == 1 else right(d, step)
    ),
    through_new=lambda _me, right, d, step, gate: d * (1 - step.z) if gate == 2 else right(d, step),
)
wrong(
    "reset-missing-in-weights",
    "The gradient of W_hh[2] is taken with the whole state before. Look at what this matrix is "
    "multiplied with in the forward pass.",
    "W_hh[2] 的梯度用的是完整的前一状态。请看前向传播中该矩阵与什么相乘。",
    multiplied=lambda _me, _right, step: np.stack([step.before] * 3),
)
wrong(
    "error-scaled",
    "All gradients are {value} times what they should be. Look at the factor in front of the loss, "
    "and at the sign of the step.",
    "所有梯度都是应有值的 {value} 倍。请看损失前的系数以及更新的符号。",
    Parameter("times", "backward", "plain", one_of(2.0, -1.0, 0.5), 2.0),
    output_errors=lambda _me, right, y, times: times * right(y),
)
wrong(
    "gradients-accumulate",
    "The gradients of all calls of backward add up. Look at where the sums start from zero.",
    "历次调用 backward 的梯度累加在一起。请检查累加量是在哪里清零的。",
    gradients=add_to_totals,
)
wrong(
    "learning-rate-fixed",
    "The argument learning_rate is ignored: the step always uses {value}.",
    "参数 learning_rate 被忽略了，步长始终是 {value}。",
    Parameter("fixed", "conduct", "plain", one_of(0.01, 0.1, 0.001), 0.01),
    updated=lambda _me, right, weight, gradient, _rate, fixed: right(weight, gradient, fixed),
)
