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
    "gates-hand-nothing-back",
    "The state before acts on both gates, and the gradient along these paths is left out. Look at "
    "what the gates are computed from.",
    "前一状态影响两个门，而这些路径上的梯度被遗漏了。请看两个门是由什么算出的。",
    through_gates=nothing,
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
