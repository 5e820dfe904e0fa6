"""Ways to get torch_rnn wrong: the reference with one thing changed, and what to tell.

A change takes the place of one method of the reference's SimpleRNN: it is called with the model,
the method beneath it (the reference's, or a second mistake's) and the arguments. A message names
the mathematics and where to look; it never gives the answer away.
"""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from grader.model import Case, Misconception, Parameter

Model = Any  # the reference's SimpleRNN
Method = Callable[..., Any]
Results = tuple[Tensor, Tensor]
Claims = Mapping[str, NDArray[Any]]

MATRICES = ("W_hh", "W_xh", "W_hy")
ORDERS = list(itertools.permutations(MATRICES))
MISCONCEPTIONS: list[Misconception] = []


def wrong(
    identity: str,
    en: str,
    zh: str,
    parameter: Parameter | None = None,
    default: float = 0.0,
    **changes: Method,
) -> None:
    """List a misconception: what to call in place of methods of the reference."""

    def method(name: str, change: Method) -> Method:
        return lambda me, *a: change(me, getattr(super(layer, me), name), *a)

    body: dict[str, Any] = {parameter.name: default} if parameter else {}
    layer = type(identity, (), body | {n: method(n, change) for n, change in changes.items()})
    text = {"en": en, "zh": zh}
    MISCONCEPTIONS.append(Misconception(identity, text, {"SimpleRNN": layer}, parameter))


# Parameters and what is registered.


def scale_of(solution: Any, case: Case, claims: Claims) -> list[float]:  # noqa: ANN401  # a module
    """The factor between the claimed W_hh and the numbers of the seed."""
    torch.manual_seed(case.seed)
    drawn = solution.SimpleRNN(*(case.sizes[n] for n in "IHO")).W_hh.detach().double().numpy()
    return [float(f"{np.sum(claims['W_hh'] * drawn) / np.sum(drawn**2):.5g}")]


def after(change: Callable[[Model], Any]) -> Method:
    """A constructor that changes the model it has made."""

    def init(me: Model, inner: Method, *sizes: int) -> None:
        inner(*sizes)
        change(me)

    return init


def redrawn(me: Model, inner: Method, *sizes: int) -> None:
    """Draw the weights once more, from the same random numbers."""
    state = torch.get_rng_state()
    inner(*sizes)
    torch.set_rng_state(state)
    for name in ORDERS[int(me.order)]:
        getattr(me, name).data.normal_()


def unregister(me: Model) -> None:
    """Keep every parameter as an attribute only."""
    for name, parameter in list(me.named_parameters()):
        delattr(me, name)
        setattr(me, name, parameter.detach())


wrong(
    "initial-order",
    "The initial weights are the right numbers drawn in another order than the statement's.",
    "初始权重的数值正确，但抽取顺序不同。请对照题面检查随机数的调用次序。",
    Parameter("order", "parameters", "plain", lambda *_: range(1, 6)),
    default=1.0,
    __init__=redrawn,
)
wrong(
    "initial-scale",
    "The initial weights are {value} times those of the statement.",
    "初始权重是题面规定值的 {value} 倍。",
    Parameter("scale", "parameters", "plain", scale_of),
    default=0.01,
    __init__=after(lambda me: [getattr(me, n).data.mul_(me.scale) for n in MATRICES]),
)
wrong(
    "biases-drawn",
    "The biases start from random numbers. Look at what the statement says they start from.",
    "偏置的初值是随机数。请看题面规定的偏置初值。",
    __init__=after(lambda me: [bias.data.normal_() for bias in (me.b_h, me.b_y)]),
)
wrong(
    "plain-tensors",
    "The weights are plain tensors. Ask how a tensor is registered with its module.",
    "权重是普通张量，模块并不知道它们，也就不会被训练。想一想张量怎样在模块中注册。",
    __init__=after(unregister),
)
wrong(
    "state-dict-extra",
    "state_dict() holds {value} too many. Look for other parameters, layers or buffers.",
    "state_dict() 多出 {value} 项。请查找其他参数、层或缓冲区。",
    Parameter("extra", "parameters", "plain", lambda *a: [float(a[2]["state_dict_differences"])]),
    default=1.0,
    __init__=after(
        lambda me: [me.register_buffer(f"_{n}", torch.zeros(1)) for n in range(int(me.extra))]
    ),
)

# A step of the network.

wrong(
    "activation-sigmoid",
    "The state is a sigmoid of its pre-activation, another function than the statement's.",
    "隐藏状态用的是 sigmoid，与题面的激活函数不同。",
    activation=lambda _me, _inner, a: torch.sigmoid(a),
)
wrong(
    "activation-relu",
    "The state is a ReLU of its pre-activation, another function than the statement's.",
    "隐藏状态用的是 ReLU，与题面的激活函数不同。",
    activation=lambda _me, _inner, a: torch.relu(a),
)
wrong(
    "state-in-float32",
    "The state is rounded to float32 at every step, even in a model of float64. Look for float() "
    "or a fixed dtype in forward.",
    "每一步的状态都被舍入到 float32，即使模型是 float64。请查找 float() 或固定的 dtype。",
    activation=lambda _, inner, a: inner(a).float().to(a.dtype),
)
wrong(
    "recurrent-transposed",
    "W_hh is multiplied from the wrong side or transposed. Compare the indices with the formula: "
    "every sequence is a row.",
    "W_hh 乘错了边，或被转置了。请对照公式检查下标：每个序列是一个行向量。",
    pre_activation=lambda me, _, x_t, h: h @ me.W_hh.T + x_t @ me.W_xh + me.b_h,
)
wrong(
    "hidden-bias-unused",
    "b_h has no part in the state. Compare the terms of h_t with the statement.",
    "b_h 没有参与隐藏状态的计算。请对照题面检查 h_t 的各项。",
    pre_activation=lambda me, _, x_t, h: h @ me.W_hh + x_t @ me.W_xh,
)
wrong(
    "output-bias-unused",
    "b_y has no part in the outputs. Compare the terms of y_t with the statement.",
    "b_y 没有参与输出的计算。请对照题面检查 y_t 的各项。",
    output=lambda me, _, h: h @ me.W_hy,
)
wrong(
    "output-tanh",
    "The outputs go through tanh. See the statement for what is applied to them.",
    "输出又经过了 tanh。请看题面对输出的规定。",
    output=lambda _, inner, h: torch.tanh(inner(h)),
)


# Time, batch, what forward returns, and what autograd sees.


def batch_first(_: Model, inner: Method, x_seq: Tensor) -> Results:
    """The loop runs over the second index."""
    outputs, h = inner(x_seq.transpose(0, 1))
    return outputs.transpose(0, 1), h


def lagging(me: Model, inner: Method, x_seq: Tensor) -> Results:
    """Outputs of the states from h_0 to the last but one."""
    outputs, h = inner(x_seq)
    return torch.cat([me.output(me.first_state(x_seq))[None], outputs[:-1]]), h


def keep(me: Model, inner: Method, x_seq: Tensor) -> Results:
    """Keep the last state."""
    outputs, h = inner(x_seq)
    me.kept = h.detach()
    return outputs, h


def kept(me: Model, inner: Method, x_seq: Tensor) -> Tensor:
    """The last state of the call before, if it fits."""
    fresh, last = inner(x_seq), getattr(me, "kept", None)
    fits = last is not None and last.shape == fresh.shape and last.dtype == fresh.dtype
    return last if fits else fresh


def overwriting(_: Model, inner: Method, x_seq: Tensor) -> Results:
    """Change the argument once its values are used."""
    results = inner(x_seq.clone())
    x_seq.data.zero_()
    return results


wrong(
    "batch-and-time-swapped",
    "The loop runs over the second index of x_seq as if that were time. See which index is which.",
    "循环沿 x_seq 的第二个下标进行，把它当成了时间。请看各个下标的含义。",
    forward=batch_first,
)
wrong(
    "output-of-previous-state",
    "Each output comes from the state before its step. Look at where in the loop it is computed.",
    "每一步的输出用的是该步之前的状态。请检查循环中计算输出的位置。",
    forward=lagging,
)
wrong(
    "last-state-with-layer-axis",
    "The last state has one axis too many, as that of torch.nn.RNN has. Compare its shape.",
    "最后的状态多了一个轴，就像 torch.nn.RNN 的层轴那样。请对照其形状。",
    forward=lambda _, inner, x_seq: ((r := inner(x_seq))[0], r[1][None]),
)
wrong(
    "detached-in-loop",
    "The state is cut off from the graph in every step, so no gradient goes back in time. Look for "
    "detach, data, item or a new tensor in the loop.",
    "每一步的状态都与计算图断开，梯度无法沿时间传回。请在循环中查找 detach 之类的操作。",
    pre_activation=lambda _, inner, x_t, h: inner(x_t, h.detach()),
)
wrong(
    "last-state-detached",
    "No gradient comes back from the last state that forward returns. Look at what is done to it.",
    "从 forward 返回的最后状态没有梯度传回。请检查对它做了什么。",
    forward=lambda _, inner, x_seq: ((r := inner(x_seq))[0], r[1].detach()),
)
wrong(
    "state-kept-between-calls",
    "Each call starts from the last state of the call before. See what every call starts from.",
    "每次调用都从上一次调用的最后状态开始。请看题面对初始状态的规定。",
    forward=keep,
    first_state=kept,
)
wrong(
    "input-overwritten",
    "forward changes x_seq in place. Look for assignments to its parts, or methods that end in _.",
    "forward 原地修改了 x_seq。请查找对它某部分的赋值，或以 _ 结尾的方法。",
    forward=overwriting,
)
