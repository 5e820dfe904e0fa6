"""Ways to get torch_rnn wrong: the reference with a piece or two changed, and what to tell.

grader/problems/mistakes.py says how a change is called. A message names the mathematics and where
to look; it never gives the answer away.
"""

import itertools
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from grader.model import Case, Parameter
from grader.problems.mistakes import Catalogue, one_of

Model = Any  # the reference's SimpleRNN
Piece = Callable[..., Any]  # of the reference, or what takes its place
Results = tuple[Tensor, Tensor]
States = list[Tensor]
Claims = Mapping[str, NDArray[Any]]

MATRICES = ("W_hh", "W_xh", "W_hy")
ORDERS = list(itertools.permutations(MATRICES))
KEPT = 32  # cases: estimates for one submission after the other ask for the same
MISCONCEPTIONS = Catalogue()
wrong = MISCONCEPTIONS.wrong


# Parameters and what is registered.


def scale_of(solution: Any, case: Case, claims: Claims) -> list[float]:  # noqa: ANN401  # a module
    """The factor between the claimed W_hh and the numbers of the seed."""
    torch.manual_seed(case.seed)
    drawn = solution.SimpleRNN(*(case.sizes[n] for n in "IHO")).W_hh.detach().double().numpy()
    return [float(f"{np.sum(claims['W_hh'] * drawn) / np.sum(drawn**2):.5g}")]


def after(change: Callable[..., Any]) -> Piece:
    """A constructor that changes the model it has made."""

    def init(me: Model, right: Piece, *sizes: int, **value: float) -> None:
        right(*sizes)
        change(me, **value)

    return init


def redraw(me: Model, right: Piece, *sizes: int, order: float) -> None:
    """Draw the weights once more, from the same random numbers."""
    state = torch.get_rng_state()
    right(*sizes)
    torch.set_rng_state(state)
    for name in ORDERS[int(order)]:
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
    Parameter("order", "parameters", "plain", one_of(*range(1, 6)), 1.0),
    __init__=redraw,
)
wrong(
    "initial-scale",
    "The initial weights are {value} times those of the statement.",
    "初始权重是题面规定值的 {value} 倍。",
    Parameter("scale", "parameters", "plain", scale_of, 0.01),
    drawn=lambda _me, right, *shape, scale: right(*shape) * scale,
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
    Parameter(
        "extra",
        "parameters",
        "plain",
        lambda *seen: [float(seen[2]["state_dict_differences"])],
        1.0,
    ),
    __init__=after(
        lambda me, extra: [me.register_buffer(f"_{n}", torch.zeros(1)) for n in range(int(extra))]
    ),
)

# A step of the network.

for _id in ("sigmoid", "relu"):
    wrong(
        f"activation-{_id}",
        f"The state is {_id} of its pre-activation, another function than the statement's.",
        f"隐藏状态用的是 {_id}，与题面的激活函数不同。",
        activation=lambda _me, _right, a, name=_id: getattr(torch, name)(a),
    )
wrong(
    "state-in-float32",
    "The state is rounded to float32 at every step, even in a model of float64. Look for "
    "float() or a fixed dtype in forward.",
    "每一步的状态都被舍入到 float32，即使模型是 float64。请查找 float() 或固定的 dtype。",
    activation=lambda _me, right, a: right(a).float().to(a.dtype),
)
wrong(
    "recurrent-transposed",
    "W_hh is multiplied from the wrong side or transposed. Compare the indices with the "
    "formula: every sequence is a row.",
    "W_hh 乘错了边，或被转置了。请对照公式检查下标：每个序列是一个行向量。",
    recurrent=lambda me, _right, h: h @ me.W_hh.T,
)

# Time, batch, what forward returns, and what autograd sees.


def batch_first(_me: Model, right: Piece, x_seq: Tensor) -> Results:
    """The loop runs over the second index."""
    outputs, h = right(x_seq.transpose(0, 1))
    return outputs.transpose(0, 1), h


def keep(me: Model, right: Piece, x_seq: Tensor) -> States:
    """Keep the last state."""
    h: States = right(x_seq)
    me.kept = h[-1].detach()
    return h


def kept(me: Model, right: Piece, x_seq: Tensor) -> Tensor:
    """The last state of the call before, if it fits."""
    fresh, last = right(x_seq), getattr(me, "kept", None)
    fits = last is not None and last.shape == fresh.shape and last.dtype == fresh.dtype
    return last if fits else fresh


def overwrite(_me: Model, right: Piece, x_seq: Tensor) -> Results:
    """Change the argument once its values are used."""
    results: Results = right(x_seq.clone())
    x_seq.data.zero_()
    return results


wrong(
    "batch-and-time-swapped",
    "The loop runs over the second index of x_seq as if that were time. See which index is which.",
    "循环沿 x_seq 的第二个下标进行，把它当成了时间。请看各个下标的含义。",
    forward=batch_first,
)
wrong(
    "detached-in-loop",
    "The state is cut off from the graph in every step, so no gradient goes back in time. Look "
    "for detach, data, item or a new tensor in the loop.",
    "每一步的状态都与计算图断开，梯度无法沿时间传回。请在循环中查找 detach 之类的操作。",
    recurrent=lambda _me, right, h: right(h.detach()),
)
wrong(
    "state-kept-between-calls",
    "Each call starts from the last state of the call before. See what every call starts from.",
    "每次调用都从上一次调用的最后状态开始。请看题面对初始状态的规定。",
    states=keep,
    first_state=kept,
)
wrong(
    "input-overwritten",
    "forward changes x_seq in place. Look for assignments to its parts, or methods that end in _.",
    "forward 原地修改了 x_seq。请查找对它某部分的赋值，或以 _ 结尾的方法。",
    forward=overwrite,
)

# What forward returns.


def without_grad(_me: Model, right: Piece, x_seq: Tensor) -> Results:
    """Everything outside the graph."""
    with torch.no_grad():
        results: Results = right(x_seq)
        return results


def returned(change: Callable[[Tensor, Tensor], Any]) -> Piece:
    """Something else made of outputs and h."""
    return lambda _me, right, h: change(*right(h))


wrong(
    "last-output-only",
    "Only the output of the last step is returned. Look at what the loop collects.",
    "只返回了最后一步的输出。请检查循环收集了什么。",
    results=returned(lambda outputs, h: (outputs[-1], h)),
)
wrong(
    "outputs-alone",
    "forward returns outputs alone. See the statement for what else it returns.",
    "forward 只返回了 outputs。请看题面规定还要返回什么。",
    results=returned(lambda outputs, _: outputs),
)
wrong(
    "state-none",
    "None is returned in place of the last state. See what your loop leaves behind at its end.",
    "返回的最后状态是 None。请看循环结束时留下了什么。",
    results=returned(lambda outputs, _: (outputs, None)),
)
wrong(
    "results-numpy",
    "outputs and h are NumPy arrays, through which no gradient flows. Tensors stay tensors.",
    "outputs 和 h 是 NumPy 数组，梯度无法通过。请保持张量。",
    results=returned(lambda outputs, h: (outputs.detach().numpy(), h.detach().numpy())),
)
wrong(
    "outputs-detached",
    "No gradient comes back from the outputs. Look for data, detach, tolist or a new tensor.",
    "outputs 没有梯度传回。请查找 data、detach、tolist 或新建的张量。",
    results=returned(lambda outputs, h: (outputs.detach(), h)),
)
wrong(
    "no-gradient-at-all",
    "Nothing that forward computes is in the graph: no gradient reaches any parameter. Look "
    "for no_grad, detach or numbers in place of tensors.",
    "forward 的计算都不在计算图中，没有任何参数得到梯度。请查找 no_grad、detach 或把张量变成数"
    "的地方。",
    forward=without_grad,
)
wrong(
    "input-detached",
    "No gradient reaches the input. Look at what is done to x_seq before it is used, or at "
    "what a backward pass of your own returns for it.",
    "没有梯度到达输入。请检查使用 x_seq 之前对它做了什么，或自己写的反向传播对它返回了什么。",
    forward=lambda _me, right, x_seq: right(x_seq.detach()),
)

# Terms of a step.

wrong(
    "hidden-bias-outside-tanh",
    "b_h is added after tanh. Compare the brackets with the statement's formula.",
    "b_h 加在了 tanh 之外。请对照题面公式的括号。",
    pre_activation=lambda me, _right, x_t, h: me.recurrent(h) + x_t @ me.W_xh,
    activation=lambda me, right, a: right(a) + me.b_h,
)
wrong(
    "tanh-overflows",
    "The hyperbolic tangent is made of exponentials that overflow, and inf / inf is nan. Try 1000.",
    "双曲正切由会溢出的指数拼成，inf / inf 得到 nan。用 1000 试一试。",
    activation=lambda _me, _right, a: (a.exp() - (-a).exp()) / (a.exp() + (-a).exp()),
)


class _Uncarried(torch.autograd.Function):
    """tanh, whose derivative is left out on the way back."""

    @staticmethod
    def forward(_ctx: Any, a: Tensor) -> Tensor:  # noqa: ANN401  # PyTorch's own context
        return torch.tanh(a)

    @staticmethod
    def backward(_ctx: Any, d_h: Tensor) -> Tensor:  # noqa: ANN401  # as above
        return d_h


class _Untransposed(torch.autograd.Function):
    """h @ W, whose gradient goes back through W and not through its transpose."""

    @staticmethod
    def forward(ctx: Any, h: Tensor, W: Tensor) -> Tensor:  # noqa: ANN401  # PyTorch's own context
        ctx.save_for_backward(h, W)
        return h @ W

    @staticmethod
    def backward(ctx: Any, d: Tensor) -> tuple[Tensor, Tensor]:  # noqa: ANN401  # as above
        h, W = ctx.saved_tensors
        return d @ W, h.T @ d


def windows(_: Any, case: Case, claims: Claims) -> list[int]:  # noqa: ANN401  # a module
    """Lengths of the windows whose last border is where d_x begins to be right."""
    right = _right_d_x(case)
    bad = np.abs(claims["d_x"] - right).max(axis=(1, 2)) > 1e-9 * np.abs(right).max()
    border = int(np.flatnonzero(bad)[-1]) + 1
    steps = len(right)
    return [n for n in range(2, border + 1) if border % n == 0 and border + n >= steps]


@lru_cache(KEPT)
def _right_d_x(case: Case) -> NDArray[Any]:
    """The gradient of the input by the formulas of backpropagation through time."""
    a = case.inputs
    h = [np.zeros_like(a["d_h"])]
    for x_t in a["x"]:
        h.append(np.tanh(h[-1] @ a["W_hh"] + x_t @ a["W_xh"] + a["b_h"]))
    carried, d_x = a["d_h"], np.zeros_like(a["x"])
    for t in reversed(range(len(d_x))):
        d_a = (1 - h[t + 1] ** 2) * (a["d_outputs"][t] @ a["W_hy"].T + carried)
        d_x[t], carried = d_a @ a["W_xh"].T, d_a @ a["W_hh"].T
    return d_x


def count_from_zero(me: Model, right: Piece, x_seq: Tensor, **_: float) -> States:
    """Count the steps of a call."""
    me.step = 0
    h: States = right(x_seq)
    return h


def in_windows(me: Model, right: Piece, h: Tensor, window: float) -> Tensor:
    """Cut the state off where a window begins."""
    cut = me.step and me.step % int(window) == 0
    me.step += 1
    return right(h.detach() if cut else h)


wrong(
    "own-backward-untransposed",
    "In your own backward pass the gradient goes from a state to the one before it through "
    "W_hh the wrong way round. Ask which index is summed over on the way back.",
    "在自己写的反向传播中，梯度经过 W_hh 往前传时行列用反了。想一想往回传时对哪个下标求和。",
    recurrent=lambda me, _right, h: _Untransposed.apply(h, me.W_hh),
)
wrong(
    "own-backward-without-tanh",
    "In your own backward pass the derivative of tanh is missing. Follow the chain from a "
    "state to what is inside tanh.",
    "在自己写的反向传播中缺少 tanh 的导数。请沿着从状态到 tanh 内部的链条检查。",
    activation=lambda _me, _right, a: _Uncarried.apply(a),
)
wrong(
    "bptt-in-windows",
    "The state is cut off from the graph every {value} steps, so no gradient goes further "
    "back. The statement asks for the gradient of the whole sequence.",
    "状态每 {value} 步与计算图断开一次，梯度无法传得更远。题面要求整个序列的梯度。",
    Parameter("window", "gradients", "remembering", windows, 20.0),
    states=count_from_zero,
    recurrent=in_windows,
)

# Parameters, once more.


def as_buffers(me: Model) -> None:
    """Keep the biases as buffers."""
    for name in ("b_h", "b_y"):
        bias = getattr(me, name).detach()
        delattr(me, name)
        me.register_buffer(name, bias)


def in_float64(me: Model, which: float) -> None:
    """Turn some of the weights into float64, one bit of `which` for each."""
    for place, name in enumerate(MATRICES):
        if int(which) >> place & 1:
            setattr(me, name, torch.nn.Parameter(getattr(me, name).detach().double()))


def with_grad(me: Model) -> None:
    """Keep every parameter as an attribute only, which asks for a gradient."""
    for name, parameter in list(me.named_parameters()):
        delattr(me, name)
        setattr(me, name, parameter.detach().requires_grad_())


wrong(
    "initial-numpy",
    "The initial weights come from numpy.random. See which generator the statement names.",
    "初始权重来自 numpy.random。请看题面规定的随机数生成器。",
    drawn=lambda _me, _right, *shape: torch.from_numpy(np.random.randn(*shape)).float(),
)
wrong(
    "biases-are-buffers",
    "The biases are buffers, which are stored but not trained. Ask how a tensor becomes a "
    "parameter.",
    "偏置是缓冲区：会被保存，但不会被训练。想一想张量怎样成为参数。",
    __init__=after(as_buffers),
)
wrong(
    "plain-tensors-with-gradients",
    "The weights are plain tensors that ask for gradients; no optimizer is told of them. Ask "
    "how a tensor is registered with its module.",
    "权重是要求梯度的普通张量，优化器并不知道它们。想一想张量怎样在模块中注册。",
    __init__=after(with_grad),
)
wrong(
    "parameters-in-float64",
    "Parameters are float64 in a new model. See the statement for the dtype of a new model.",
    "新模型的参数是 float64。请看题面对新模型 dtype 的规定。",
    Parameter("which", "parameters", "plain", one_of(*range(1, 8)), 7.0),
    __init__=after(in_float64),
)
