"""Expected values are the mathematics, and bounds are wide enough for rounding and no wider."""

import numpy as np
import pytest

from grader.oracle import bounds, load, trusted
from tests.support import CORPUS, SIMPLE_RNN, suite_of

REFERENCE = load.reference(SIMPLE_RNN).SimpleRNN
WEIGHTS = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")
SIZES = [(1, 1, 1, 1), (3, 2, 4, 2), (6, 3, 5, 2)]
# Orders of evaluation that differ from the reference's, as students really write them.
ORDERS = [
    *("einsum_everywhere", "plain_python_loops", "concatenated_input_and_hidden"),
    *("fortran_order", "real_time_recurrent_learning", "exact_sums_with_fsum", "sech_squared"),
    *("row_vectors_inside", "adjoint_linear_solve", "scalar_autograd_tape"),
]


@pytest.fixture(scope="module")
def suite():
    """
    Every scored case with its expected values.
    """
    made = suite_of()
    return list(zip(made.cases, made.expected, strict=True))


def used(suite, solution):
    """The largest part of its bound that a solution uses, over all cases."""
    worst = 0.0
    for case, expected in suite:
        seen = trusted.play(SIMPLE_RNN, solution, case)
        error = np.abs(np.concatenate([np.ravel(v) for v in seen.values()]) - expected.value)
        with np.errstate(invalid="ignore", divide="ignore"):
            part = np.where(error == 0, 0.0, error / expected.bound)
        worst = max(worst, float(part.max()))
    return worst


def test_reference_in_float64_uses_a_tenth_of_the_bound(suite):
    """
    The reference, computing as a student's file does, is far within every bound.
    """
    assert used(suite, load.reference(SIMPLE_RNN)) <= 1 / 10


@pytest.mark.parametrize("style", [pytest.param(o, marks=pytest.mark.slow) for o in ORDERS[2:]])
def test_another_order_of_evaluation_uses_little_of_the_bound(suite, style):
    """
    A correct solution that sums in another order stays within a tenth of every bound.
    """
    path = CORPUS / "simple_rnn" / "accepted" / f"{style}.py"

    assert used(suite, load.load_module(path)) <= 1 / 10


@pytest.mark.parametrize("style", ORDERS[:2])
def test_usual_styles_use_little_of_the_bound(suite, style):
    """
    Loops and einsum stay within a tenth of every bound, where tanh is flat as well.
    """
    path = CORPUS / "simple_rnn" / "accepted" / f"{style}.py"

    assert used(suite, load.load_module(path)) <= 1 / 10


def test_float32_is_beyond_the_bound(suite):
    """
    A bound forgives rounding in float64, not in float32.
    """
    case, expected = next((c, e) for c, e in suite if c.group == "forward" and c.sizes["T"] > 3)
    narrow = expected.value.astype(np.float32).astype(np.float64)

    assert (np.abs(narrow - expected.value) > expected.bound).any()


def test_bounds_are_finite_and_not_negative(suite):
    """
    Every bound is a number that a comparison can use.
    """
    for _, expected in suite:
        assert np.isfinite(expected.bound).all()
        assert (expected.bound >= 0).all()
        assert expected.bound.shape == expected.value.shape == expected.scale.shape


def test_expecting_twice_gives_the_same_bits(suite):
    """
    The same case has the same expected values and bounds.
    """
    case, first = suite[-1]

    second = bounds.expect(SIMPLE_RNN, case)

    assert first.value.tobytes() == second.value.tobytes()
    assert first.bound.tobytes() == second.bound.tobytes()


def test_positions_cover_the_flattened_arrays(suite):
    """
    The slices of the quantities follow one another and leave nothing out.
    """
    for case, expected in suite:
        parts = list(SIMPLE_RNN.group(case.group).positions(case.sizes).values())

        assert [p.start for p in parts] == [0, *(p.stop for p in parts[:-1])]
        assert parts[-1].stop == expected.value.size


def network(sizes, dtype=float):
    T, I, H, O = sizes
    generator = np.random.default_rng(sum(sizes))
    model = REFERENCE(I, H, O)
    for name in WEIGHTS:
        value = generator.standard_normal(getattr(model, name).shape) * 0.7
        setattr(model, name, value.astype(dtype))
    x, y = generator.standard_normal((T, I)), generator.standard_normal((T, O))
    return model, x.astype(dtype), y.astype(dtype)


def loss(model, x, y):
    return 0.5 * ((model.forward(x) - y[:, :, None]) ** 2).sum()


def differences(model, x, y, step, slope):
    """dL/dW of every weight, one element after the other."""
    found = {}
    for name in WEIGHTS:
        weight = getattr(model, name)
        found[name] = np.zeros(weight.shape)
        for at in np.ndindex(weight.shape):
            before = weight[at]
            found[name][at] = slope(model, x, y, weight, at, before, step)
            weight[at] = before
    return found


def central(model, x, y, weight, at, before, step):
    weight[at] = before + step
    above = loss(model, x, y)
    weight[at] = before - step
    return (above - loss(model, x, y)) / (2 * step)


def imaginary(model, x, y, weight, at, before, step):
    weight[at] = before + 1j * step
    return loss(model, x, y).imag / step


@pytest.mark.parametrize("sizes", SIZES)
def test_gradients_equal_central_differences(sizes):
    """
    Backpropagation through time gives what small changes of each weight show.
    """
    model, x, y = network(sizes)
    model.forward(x)
    gradients = model.gradients(x, y)

    shown = differences(model, x, y, 1e-6, central)

    for name in WEIGHTS:
        np.testing.assert_allclose(gradients[name], shown[name], rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("sizes", SIZES)
def test_gradients_equal_the_complex_step(sizes):
    """
    They agree to rounding with derivatives that subtract nothing.
    """
    model, x, y = network(sizes)
    model.forward(x)
    gradients = model.gradients(x, y)

    complex_model, *complex_data = network(sizes, complex)
    shown = differences(complex_model, *complex_data, 1e-30, imaginary)

    for name in WEIGHTS:
        np.testing.assert_allclose(gradients[name], shown[name], rtol=1e-12, atol=1e-13)


def test_backward_descends_along_the_gradients():
    """
    One backward moves every weight by minus the learning rate times its gradient.
    """
    model, x, y = network((4, 2, 3, 2))
    model.forward(x)
    gradients, before = model.gradients(x, y), {n: getattr(model, n).copy() for n in WEIGHTS}

    model.backward(x, y, 0.25)

    for name in WEIGHTS:
        np.testing.assert_array_equal(getattr(model, name), before[name] - 0.25 * gradients[name])


def test_small_loss_of_a_small_network_is_as_computed_by_hand():
    """
    One step of one unit: h = tanh(w x), y = v h, and the gradients of half the squared error.
    """
    model = REFERENCE(1, 1, 1)
    for name, value in zip(WEIGHTS, (0.5, 0.0, 2.0, 0.0, 0.0), strict=True):
        setattr(model, name, np.full((1, 1), value))

    output = model.forward(np.array([[1.0]]))
    gradients = model.gradients(np.array([[1.0]]), np.array([[0.0]]))

    h = np.tanh(0.5)
    np.testing.assert_allclose(output, [[[2 * h]]], rtol=1e-15)
    np.testing.assert_allclose(gradients["W_hy"], [[2 * h * h]], rtol=1e-15)
    np.testing.assert_allclose(gradients["W_xh"], [[4 * h * (1 - h * h)]], rtol=1e-15)
