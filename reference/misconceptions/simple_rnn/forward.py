"""The forward pass."""

import numpy as np

from grader.model import Parameter

from .catalogue import WEIGHTS, FloatArray, SimpleRNN, one_of, wrong


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
