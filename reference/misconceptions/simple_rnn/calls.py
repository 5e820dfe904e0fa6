"""Calls that disturb each other, and arguments that change."""

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.model import Parameter

from .catalogue import WEIGHTS, FloatArray, SimpleRNN, one_of, wrong


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
    "initial-state-learned",
    "The initial hidden state is updated with the weights. See the statement for what is learned "
    "and what every sequence starts from.",
    "初始隐藏状态也随权重一起被更新了。请看题面：哪些量需要学习，每个序列从什么状态开始。",
)
class InitialStateLearned(SimpleRNN):
    start: Any = 0.0
    left_over: Any = 0.0

    def first_state(self, x: FloatArray) -> FloatArray:
        return super().first_state(x) + self.start

    def carry(self, d_a: FloatArray) -> FloatArray:
        self.left_over = super().carry(d_a)
        return self.left_over

    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        super().backward(x, y, learning_rate)
        self.start = self.start - learning_rate * self.left_over


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
