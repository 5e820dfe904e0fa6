"""What the weights start from."""

import itertools

import numpy as np

from grader.model import Case, Parameter

from .catalogue import MATRICES, Claims, SimpleRNN, Solution, one_of, ratio, wrong


class Redrawn(SimpleRNN):
    """Draws the weights once more, from the same random numbers."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        state = np.random.get_state()
        super().__init__(input_size, hidden_size, output_size)
        np.random.set_state(state)
        self.redraw()

    def redraw(self) -> None:
        for name in MATRICES:
            setattr(self, name, np.random.randn(*getattr(self, name).shape) * 0.01)


ORDERS = list(itertools.permutations(MATRICES))


@wrong(
    "initial-order",
    "The initial weights are the right numbers drawn in another order. Compare the order in which "
    "your constructor calls the random generator with the order in the statement.",
    "初始权重的数值正确，但抽取顺序不同。请对照题面给出的顺序检查构造函数中随机数的调用次序。",
    Parameter("order", "initialisation", "plain", one_of(range(1, 6))),
)
class OtherOrder(Redrawn):
    order = 1.0

    def redraw(self) -> None:
        for name in ORDERS[int(self.order)]:
            setattr(self, name, np.random.randn(*getattr(self, name).shape) * 0.01)


@wrong(
    "initial-scale",
    "The initial weights are {value} times standard normal numbers. The statement asks for "
    "another scale.",
    "初始权重等于标准正态随机数乘以 {value}，与题面要求的尺度不同。",
    Parameter(
        "initial_scale",
        "initialisation",
        "plain",
        lambda solution, case, claims: [0.01 * ratio(claims["W_xh"], drawn(solution, case).W_xh)],
    ),
)
class OtherScale(Redrawn):
    initial_scale = 1.0

    def redraw(self) -> None:
        for name in MATRICES:
            shape = getattr(self, name).shape
            setattr(self, name, np.random.randn(*shape) * self.initial_scale)


def drawn(solution: Solution, case: Case) -> Solution:
    """A new model, drawn after the case's seed."""
    np.random.seed(case.seed)
    return solution.SimpleRNN(*(case.sizes[n] for n in "IHO"))


@wrong(
    "initial-scale-by-size",
    "The initial weights are scaled by the number of incoming connections (Xavier). The "
    "statement asks for one fixed scale.",
    "初始权重按输入连接数缩放（Xavier 初始化），而题面要求固定的尺度。",
    Parameter("gain", "initialisation", "plain", one_of((1.0, 2.0))),
)
class ScaledBySize(Redrawn):
    gain = 1.0

    def redraw(self) -> None:
        for name in MATRICES:
            shape = getattr(self, name).shape
            setattr(self, name, np.random.randn(*shape) * np.sqrt(self.gain / shape[1]))


UNIFORM = ((0.0, 0.01), (-0.01, 0.01), (0.0, 1.0), (-1.0, 1.0), (-0.005, 0.005), (-0.1, 0.1))


@wrong(
    "initial-uniform",
    "The initial weights come from a uniform distribution. The statement names another one: "
    "check which function of numpy.random you call.",
    "初始权重取自均匀分布。题面要求的是另一种分布：请检查调用了 numpy.random 的哪个函数。",
    Parameter("ends", "initialisation", "plain", one_of(range(len(UNIFORM)))),
)
class Uniform(Redrawn):
    ends = 0.0

    def redraw(self) -> None:
        low, high = UNIFORM[int(self.ends)]
        for name in MATRICES:
            shape = getattr(self, name).shape
            setattr(self, name, low + (high - low) * np.random.random_sample(shape))


@wrong(
    "initial-transposed",
    "Each initial matrix holds the right numbers, but drawn in the transposed shape. Check the "
    "shapes you pass to the random generator.",
    "每个初始矩阵的随机数是按转置后的形状抽取的。请检查传给随机数函数的形状。",
)
class DrawnTransposed(Redrawn):
    def redraw(self) -> None:
        for name in MATRICES:
            rows, columns = getattr(self, name).shape
            setattr(self, name, np.random.randn(columns, rows).T * 0.01)


@wrong(
    "initial-own-seed",
    "The initial weights do not follow the seed that was set before: the constructor (or the "
    "module) seeds numpy.random itself, with {value}.",
    "初始权重没有跟随外部设定的种子：构造函数（或模块）自己把种子设成了 {value}。",
    Parameter(
        "own_seed",
        "initialisation",
        "plain",
        one_of((0, 1, 2, 3, 7, 10, 42, 100, 123, 1234, 2023, 2024, 2025)),
    ),
)
class OwnSeed(Redrawn):
    own_seed = 0.0

    def redraw(self) -> None:
        np.random.seed(int(self.own_seed))
        super().redraw()


@wrong(
    "initial-zero",
    "The weight matrices start at zero. Then every hidden unit gets the same gradient and they "
    "never become different; see the statement for the initial values.",
    "权重矩阵的初始值为零，所有隐藏单元的梯度相同、永远无法区分；请看题面对初始值的要求。",
)
class ZeroWeights(Redrawn):
    def redraw(self) -> None:
        for name in MATRICES:
            setattr(self, name, np.zeros_like(getattr(self, name)))


@wrong(
    "initial-bias-random",
    "The biases start at random numbers as the matrices do. See the statement for what they "
    "start from.",
    "偏置也像矩阵一样随机初始化了。请看题面对偏置初始值的要求。",
    Parameter(
        "bias_scale",
        "initialisation",
        "plain",
        lambda _solution, case, claims: [bias_scale(case, claims)],
    ),
)
class RandomBiases(Redrawn):
    bias_scale = 0.01

    def redraw(self) -> None:
        super().redraw()
        self.b_h = np.random.randn(*self.b_h.shape) * self.bias_scale
        self.b_y = np.random.randn(*self.b_y.shape) * self.bias_scale


def bias_scale(case: Case, claims: Claims) -> float:
    """The factor of b_h, had it been drawn right after the matrices."""
    np.random.seed(case.seed)
    np.random.randn(sum(claims[n].size for n in MATRICES))
    return ratio(claims["b_h"], np.random.randn(*claims["b_h"].shape))


@wrong(
    "initial-bias-constant",
    "The biases start at {value}. See the statement for what they start from.",
    "偏置的初始值是 {value}。请看题面对偏置初始值的要求。",
    Parameter(
        "bias_start",
        "initialisation",
        "plain",
        lambda _solution, _case, claims: [float(claims["b_h"].flat[0])],
    ),
)
class ConstantBiases(Redrawn):
    bias_start = 1.0

    def redraw(self) -> None:
        super().redraw()
        self.b_h = np.full_like(self.b_h, self.bias_start)
        self.b_y = np.full_like(self.b_y, self.bias_start)


@wrong(
    "bias-shape",
    "A bias is not a column: its shape lacks an axis or has its axes swapped, which broadcasts "
    "silently in later sums. Compare the shapes with those in the statement.",
    "某个偏置不是列向量：形状缺一维或两维颠倒，在之后的加法中会悄悄广播。请与题面的形状对照。",
    Parameter("shape_kind", "initialisation", "plain", one_of(range(6))),
)
class FlatBiases(Redrawn):
    shape_kind = 0.0

    def redraw(self) -> None:
        super().redraw()
        which, row = divmod(int(self.shape_kind), 2)
        for name in (("b_h",), ("b_y",), ("b_h", "b_y"))[which]:
            size = getattr(self, name).size
            setattr(self, name, np.zeros((1, size) if row else size))
