"""What flows back through time."""

from collections.abc import Iterable

import numpy as np

from grader.model import Case, Parameter

from .catalogue import LEARNING_RATE, Claims, FloatArray, SimpleRNN, Solution, loaded, wrong


@wrong(
    "nothing-carried-back",
    "The hidden gradient of step t+1 never reaches step t: each state sees the error of its own "
    "output only. Look at what your backward loop hands from one pass to the next.",
    "第 t+1 步的隐藏梯度没有传回第 t 步：每个状态只看到自己输出的误差。请检查反向循环在两次迭代之"
    "间传递了什么。",
)
class NothingCarried(SimpleRNN):
    def carry(self, d_a: FloatArray) -> FloatArray:
        return np.zeros_like(d_a)


def lags(model: Solution, d_out: FloatArray, most: int) -> Iterable[FloatArray]:
    """How the error of every step acts on dL/da 0, 1, ... `most` steps before it, (T, H, 1).

    Entry t of the k-th array belongs to step t and comes from the error of step t + k.
    """
    slope = 1 - np.stack(model.h)[1:] ** 2
    part = slope * (model.W_hy.T @ d_out)
    for _ in range(min(most, len(d_out) - 1) + 1):
        yield part
        part = np.concatenate([slope[:-1] * (model.W_hh.T @ part[1:]), np.zeros_like(part[:1])])


def errors_by_lag(solution: Solution, case: Case) -> tuple[FloatArray, FloatArray]:
    """All lags (T, T, H), and the hidden bias's gradient without any, for an estimate."""
    model = loaded(solution, case)
    model.forward(case.inputs["x"])
    d_out = model.output_errors(case.inputs["y"])
    parts = np.stack(list(lags(model, d_out, len(d_out))))[..., 0]
    return parts, case.inputs["b_h"][:, 0]


def closest(found: FloatArray, claimed: FloatArray) -> list[float]:
    """The number of the row that comes closest to the claim."""
    return [float(np.argmin(np.abs(found - claimed).max(axis=1)))]


def estimate_steps(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """After how many steps the carried gradient ends."""
    parts, bias = errors_by_lag(solution, case)
    claimed = (bias - claims["b_h"][:, 0]) / LEARNING_RATE
    found = closest(np.cumsum(parts.sum(axis=1), axis=0), claimed)
    return [k for k in found if 0 < k < case.sizes["T"] - 1]


@wrong(
    "truncated-bptt",
    "Backpropagation through time is cut off: the error of a step flows back {value} step(s) and "
    "no further. Look at the range of the loop that goes back from a step.",
    "时间反向传播被截断：每一步的误差只向后传 {value} 步。请检查从某一步往回走的循环范围。",
    Parameter("most_steps", "backward", "remembering", estimate_steps),
)
class Truncated(SimpleRNN):
    most_steps = 1.0

    def hidden_errors(self, d_out: FloatArray) -> FloatArray:
        return np.sum(list(lags(self, d_out, int(self.most_steps))), axis=0)


def estimate_chunk(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The length of the pieces within which gradients flow."""
    parts, bias = errors_by_lag(solution, case)
    t = np.arange(len(parts))
    up_to = np.cumsum(parts, axis=0)  # all lags up to one, of the error at t + lag in the state t
    found = [up_to[n - 1 - t % n, t].sum(axis=0) for n in range(1, len(parts))]
    claimed = (bias - claims["b_h"][:, 0]) / LEARNING_RATE
    return [n + 1 for n in closest(np.array(found), claimed) if n > 0]


@wrong(
    "bptt-in-chunks",
    "Backpropagation through time works within pieces of {value} steps only; nothing flows from "
    "one piece into the one before. Look for a reset of the carried gradient.",
    "时间反向传播只在每段 {value} 步之内进行，段与段之间没有梯度。请查找把传递的梯度清零的地方。",
    Parameter("chunk", "backward", "remembering", estimate_chunk),
)
class Chunked(SimpleRNN):
    chunk = 2.0

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        self.now = t
        return super().through_tanh(d_h, t)

    def carry(self, d_a: FloatArray) -> FloatArray:
        return super().carry(d_a) * (self.now % int(self.chunk) != 0)


class WithoutTanh(SimpleRNN):
    """Keeps dL/dh_t, the gradient before the tanh derivative."""

    d_h: list[FloatArray]

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        self.d_h = [d_h] if t == len(self.h) - 2 else [d_h, *self.d_h]
        return super().through_tanh(d_h, t)


@wrong(
    "carried-before-tanh",
    "The gradient handed to the step before is taken before the tanh derivative. Follow the "
    "chain from h_t to h_{t-1} and see which functions lie between them.",
    "传给前一步的梯度没有经过 tanh 的导数。请沿着 h_t 到 h_{t-1} 的链条看中间有哪些函数。",
)
class CarriedBeforeTanh(WithoutTanh):
    def carry(self, d_a: FloatArray) -> FloatArray:  # noqa: ARG002  # that is the mistake
        return super().carry(self.d_h[0])


@wrong(
    "carried-untransposed",
    "The gradient handed to the step before is multiplied by W_hh the wrong way round. Ask which "
    "index of W_hh is summed over when a gradient goes backwards.",
    "传给前一步的梯度与 W_hh 相乘时行列用反了。想一想梯度往回传时对 W_hh 的哪个下标求和。",
)
class CarriedUntransposed(SimpleRNN):
    def carry(self, d_a: FloatArray) -> FloatArray:
        return self.W_hh @ d_a


@wrong(
    "carried-without-weights",
    "The gradient handed to the step before is not multiplied by the recurrent weights at all. "
    "Follow the chain from h_t to h_{t-1}.",
    "传给前一步的梯度根本没有乘以循环权重。请沿着 h_t 到 h_{t-1} 的链条检查。",
)
class CarriedWithoutWeights(SimpleRNN):
    def carry(self, d_a: FloatArray) -> FloatArray:
        return d_a


@wrong(
    "carried-derivative-twice",
    "The gradient handed to the step before has passed the tanh derivative of its step twice. "
    "Look for a second factor where the carried gradient is stored.",
    "传给前一步的梯度两次乘了该步的 tanh 导数。请检查保存传递梯度的地方是否多了一个因子。",
)
class CarriedTwice(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        self.now = t
        return super().through_tanh(d_h, t)

    def carry(self, d_a: FloatArray) -> FloatArray:
        return super().carry(super().through_tanh(d_a, self.now))


@wrong(
    "derivative-twice-in-weights",
    "The weight gradients contain the tanh derivative twice; the gradient carried back is right. "
    "An array may be changed in place by a helper and then be multiplied again.",
    "权重梯度里 tanh 导数乘了两次，而传回的梯度是对的。可能有数组被辅助函数原地修改后又乘了一次。",
)
class DerivativeTwiceInWeights(SimpleRNN):
    def hidden_errors(self, d_out: FloatArray) -> FloatArray:
        d_a = super().hidden_errors(d_out)
        return np.stack([self.through_tanh(d, t) for t, d in enumerate(d_a)])
