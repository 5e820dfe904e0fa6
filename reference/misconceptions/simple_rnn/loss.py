"""The loss, and which time steps it sees."""

import numpy as np

from grader.model import Case, Parameter

from .catalogue import LEARNING_RATE, Claims, FloatArray, SimpleRNN, Solution, loaded, one_of, wrong


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


@wrong(
    "zero-targets-skipped",
    "There is no update where all targets are zero. Zero is a target like any other: look at how "
    "you test whether targets were given.",
    "目标全为零时没有更新。零也是正常的目标：请检查你如何判断是否给出了目标。",
)
class ZeroTargetsSkipped(SimpleRNN):
    def backward(self, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
        super().backward(x, y, learning_rate if y.any() else 0.0)
