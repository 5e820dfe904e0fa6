"""Clipped gradients. Targets that are far away make every gradient larger than any bound."""

import numpy as np

from grader.model import Case, Parameter

from .catalogue import (
    LEARNING_RATE,
    WEIGHTS,
    Claims,
    FloatArray,
    SimpleRNN,
    Solution,
    flat,
    loaded,
    norm,
    one_step,
    ratio,
    wrong,
)
from .through_time import lags
from .weights import Changed


def bound(found: float) -> list[float]:
    """What was read off the claims, if it is a bound: at 0 nothing would be left."""
    return [float(found)] if found > 1e-6 else []


@wrong(
    "clip-gradients-by-value",
    "The weight gradients are clipped to [-{value}, {value}]. The statement's update has no "
    "clipping.",
    "权重梯度被截断到 [-{value}, {value}]。题面的更新没有截断。",
    Parameter(
        "clip_value",
        "backward",
        "far_targets",
        lambda *seen: bound(np.abs(flat(one_step(*seen)[1])).max()),
    ),
)
class ClippedGradients(Changed):
    clip_value = 5.0

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        for name in WEIGHTS:
            gradients[name] = np.clip(gradients[name], -self.clip_value, self.clip_value)


@wrong(
    "clip-each-gradient-by-norm",
    "Each weight's gradient is scaled down to norm {value} when it is longer. The statement's "
    "update has no clipping.",
    "每个权重的梯度超过范数 {value} 时会被缩短。题面的更新没有截断。",
    Parameter(
        "clip_norm_each",
        "backward",
        "far_targets",
        lambda *seen: bound(norm(one_step(*seen)[1]["W_hy"])),
    ),
)
class ClippedNorms(Changed):
    clip_norm_each = 5.0

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        for name in WEIGHTS:
            most = max(norm(gradients[name]) / self.clip_norm_each, 1.0)
            gradients[name] = gradients[name] / most


@wrong(
    "clip-all-gradients-by-norm",
    "All gradients together are scaled down to norm {value} when they are longer. The statement's "
    "update has no clipping.",
    "全部梯度的总范数超过 {value} 时会被一起缩短。题面的更新没有截断。",
    Parameter(
        "clip_norm",
        "backward",
        "far_targets",
        lambda *seen: bound(norm(flat(one_step(*seen)[1]))),
    ),
)
class ClippedNorm(Changed):
    clip_norm = 5.0

    def change(self, gradients: dict[str, FloatArray], d_out: FloatArray) -> None:
        super().change(gradients, d_out)
        most = max(norm(flat(gradients)) / self.clip_norm, 1.0)
        for name in WEIGHTS:
            gradients[name] = gradients[name] / most


@wrong(
    "clip-hidden-errors-by-norm",
    "The hidden errors of all steps together are scaled down to norm {value} when they are "
    "longer. Backpropagation has no clipping here.",
    "所有时间步的隐藏误差的总范数超过 {value} 时会被缩短。这里的反向传播没有截断。",
    Parameter(
        "clip_hidden_norm",
        "backward",
        "far_targets",
        lambda *seen: bound(hidden_norm(*seen)),
    ),
)
class ClippedHiddenNorm(SimpleRNN):
    clip_hidden_norm = 5.0

    def hidden_errors(self, d_out: FloatArray) -> FloatArray:
        d_a = super().hidden_errors(d_out)
        return d_a / max(norm(d_a) / self.clip_hidden_norm, 1.0)


def hidden_norm(solution: Solution, case: Case, claims: Claims) -> float:
    """The norm of all hidden errors, if they have only been scaled."""
    expected, claimed = one_step(solution, case, claims)
    model = loaded(solution, case)
    model.forward(case.inputs["x"])
    full = norm(model.hidden_errors(model.output_errors(case.inputs["y"])))
    return full * ratio(claimed["b_h"], expected["b_h"])


@wrong(
    "clip-carried-gradient",
    "The gradient handed to the step before is clipped to [-{value}, {value}]. Backpropagation "
    "through time has no clipping here.",
    "传给前一步的梯度被截断到 [-{value}, {value}]。这里的时间反向传播没有截断。",
    Parameter(
        "clip_carried",
        "backward",
        "far_targets",
        lambda *seen: bound(carried_bound(*seen)),
    ),
)
class ClippedCarried(SimpleRNN):
    clip_carried = 1.0

    def carry(self, d_a: FloatArray) -> FloatArray:
        return np.clip(super().carry(d_a), -self.clip_carried, self.clip_carried)


def carried_bound(solution: Solution, case: Case, claims: Claims) -> float:
    """The bound if every carried gradient exceeds it, from the gradient of b_h."""
    _, claimed = one_step(solution, case, claims)
    model = loaded(solution, case)
    model.forward(case.inputs["x"])
    own = next(iter(lags(model, model.output_errors(case.inputs["y"]), 0)))  # (T, H, 1)
    slope = 1 - np.stack(model.h)[1:-1] ** 2
    carried = (slope * np.sign(model.W_hh.T @ own[1:])).sum(axis=0)
    return ratio(claimed["b_h"] - own.sum(axis=0), carried)


def largest_output(_solution: Solution, _case: Case, claims: Claims) -> list[float]:
    """The largest output in size."""
    return [float(np.abs(claims["outputs"]).max())]


@wrong(
    "outputs-clipped",
    "The outputs are clipped to at most {value} in size. The statement's output layer is linear.",
    "输出被截断到绝对值不超过 {value}。题面中的输出层是线性的。",
    Parameter("most", "forward", "far_outputs", largest_output),
)
class OutputsClipped(SimpleRNN):
    most = 1000.0

    def output(self, h_t: FloatArray) -> FloatArray:
        return np.clip(super().output(h_t), -self.most, self.most)


def largest_error(_solution: Solution, case: Case, claims: Claims) -> list[float]:
    """The largest output error in size, had it been the same in every step."""
    summed = (case.inputs["b_y"] - claims["b_y"]) / LEARNING_RATE
    return [float(np.abs(summed).max()) / case.sizes["T"]]


@wrong(
    "errors-clipped",
    "The output errors are clipped to at most {value} in size before they are sent back. The "
    "statement's loss has no such limit.",
    "输出误差在反向传播之前被截断到绝对值不超过 {value}。题面的损失函数没有这样的限制。",
    Parameter("most_error", "backward", "far_outputs", largest_error),
)
class ErrorsClipped(SimpleRNN):
    most_error = 1000.0

    def output_errors(self, y: FloatArray) -> FloatArray:
        return np.clip(super().output_errors(y), -self.most_error, self.most_error)
