"""The derivative of tanh."""

import numpy as np

from grader.model import Case, Parameter

from .catalogue import Claims, FloatArray, SimpleRNN, Solution, loaded, one_step, ratio, wrong


@wrong(
    "derivative-missing",
    "The hidden gradient never passes the derivative of tanh. Look at what happens between "
    "dL/dh_t and the gradients of W_xh, W_hh and b_h.",
    "隐藏梯度没有乘 tanh 的导数。请检查从 dL/dh_t 到 W_xh、W_hh、b_h 的梯度之间发生了什么。",
)
class DerivativeMissing(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:  # noqa: ARG002  # that is the mistake
        return d_h


@wrong(
    "derivative-last-step-only",
    "The derivative of tanh is applied at the last time step only. Look at what your loop does "
    "differently from the lines before it.",
    "tanh 的导数只在最后一个时间步用了。请检查循环内与循环之前的代码有何不同。",
)
class DerivativeLastStepOnly(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return super().through_tanh(d_h, t) if t == len(self.h) - 2 else d_h


@wrong(
    "derivative-of-previous-state",
    "The derivative of tanh is evaluated at the state before the step. Check the index of the "
    "state in that factor, and where your list of states starts.",
    "tanh 的导数取在了前一时刻的状态上。请检查该因子中状态的下标以及状态列表的起点。",
)
class DerivativeOfPrevious(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return (1 - self.h[t] ** 2) * d_h


@wrong(
    "derivative-not-squared",
    "The derivative of tanh is formed as 1 - h. Differentiate tanh(a) once more and write the "
    "result through h = tanh(a).",
    "tanh 的导数写成了 1 - h。请重新对 tanh(a) 求导，并用 h = tanh(a) 表示。",
)
class DerivativeNotSquared(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return (1 - self.h[t + 1]) * d_h


@wrong(
    "derivative-of-sigmoid",
    "The derivative of the hidden activation is that of the logistic function, h (1 - h). The "
    "forward pass uses another function.",
    "隐藏层激活函数的导数用成了 sigmoid 的 h (1 - h)，而前向传播用的是另一种函数。",
)
class DerivativeOfSigmoid(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return self.h[t + 1] * (1 - self.h[t + 1]) * d_h


@wrong(
    "derivative-tanh-twice",
    "The derivative of tanh is evaluated at h, where it should be evaluated at what went into "
    "tanh: tanh is applied twice.",
    "tanh 的导数取在了 h 处，而不是 tanh 的输入处：相当于套了两次 tanh。",
)
class DerivativeTanhTwice(SimpleRNN):
    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return (1 - np.tanh(self.h[t + 1]) ** 2) * d_h


@wrong(
    "derivative-of-input",
    "The formula for the derivative of tanh is fed with what goes into tanh, not with what comes "
    "out. Check which of the two you keep from the forward pass.",
    "tanh 导数公式里代入的是 tanh 的输入而不是输出。请检查前向传播保存的是哪一个。",
)
class DerivativeOfInput(SimpleRNN):
    def first_state(self, x: FloatArray) -> FloatArray:
        self.a: list[FloatArray] = []
        return super().first_state(x)

    def activation(self, a: FloatArray) -> FloatArray:
        self.a.append(a)
        return super().activation(a)

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return (1 - self.a[t] ** 2) * d_h


def estimate_epsilon(solution: Solution, case: Case, claims: Claims) -> list[float]:
    """What was added to the derivative, from the first order change of b_h's gradient."""
    expected, claimed = one_step(solution, case, claims)
    step = 1e-6
    added = type("Added", (DerivativePlus, solution.SimpleRNN), {"epsilon": step})
    model = loaded(type("Solution", (), {"SimpleRNN": added}), case)
    model.forward(case.inputs["x"])
    change = model.gradients(case.inputs["x"], case.inputs["y"])["b_h"] - expected["b_h"]
    found = step * ratio(claimed["b_h"] - expected["b_h"], change)
    return [float(f"{found:.0e}"), float(f"{found:.2e}")]


class DerivativePlus(SimpleRNN):
    """Adds a small number to the derivative."""

    epsilon = 1e-8

    def through_tanh(self, d_h: FloatArray, t: int) -> FloatArray:
        return super().through_tanh(d_h, t) + self.epsilon * d_h


wrong(
    "derivative-plus-epsilon",
    "{value} is added to the derivative of tanh. That is not needed and makes every gradient "
    "slightly wrong.",
    "tanh 的导数加上了 {value}。这没有必要，而且会使所有梯度略有偏差。",
    Parameter("epsilon", "backward", "plain", estimate_epsilon),
)(DerivativePlus)
