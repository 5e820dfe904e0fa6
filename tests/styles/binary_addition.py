"""Styles of binary_addition."""

from tests.styles import bits, elementary, gradients, holders, recurrent, updates
from tests.styles.compose import block, lines, renamed
from tests.styles.helpers import assembled

NET = recurrent.Net("synapse_0", "synapse_h", "synapse_1", function="sigmoid", output="sigmoid")
SIZES = ("input_dim=2", "hidden_dim=8", "output_dim=1")
SHAPES = {
    "synapse_0": ("hidden_dim", "input_dim"),
    "synapse_1": ("output_dim", "hidden_dim"),
    "synapse_h": ("hidden_dim", "hidden_dim"),
}
INITIAL = {
    "random": "2 * np.random.random(({a}, {b})) - 1",
    "factor_last": "np.random.random(({a}, {b})) * 2 - 1",
    "rand": "2 * np.random.rand({a}, {b}) - 1",
    "sample": "np.random.random_sample(size=({a}, {b})) * 2.0 - 1.0",
    "uniform": "np.random.uniform(-1, 1, ({a}, {b}))",
    "ranf": "-1 + 2 * np.random.ranf(({a}, {b}))",
    "halved": "(np.random.random(({a}, {b})) - 0.5) * 2",
    "number_by_number": "np.array([[2 * np.random.random() - 1 for _ in range({b})] for _ in range({a})])",
    "flat": "(2 * np.random.random({a} * {b}) - 1).reshape({a}, {b})",
}
ERRORS = {
    "product": "(o - g) * o * (1 - o)",
    "slope_first": "(o * (1 - o)) * (o - g)",
    "squared": "(o - g) * (o - o * o)",
    "nested": "((o - g) * (1 - o)) * o",
}
NAMES = {
    "statement": {},
    "trask": {"hs": "layer_1_values", "ys": "layer_2_values", "errors": "layer_2_deltas", "d_a": "layer_1_delta", "carried": "future_layer_1_delta", "grads": "synapse_updates", "x": "X"},
    "long": {"hs": "hidden_states", "zs": "arguments_of_sigmoid", "errors": "output_deltas", "d_a": "delta_of_the_state", "run": "_propagate", "goals": "wanted_bits"},
    "chinese": {"hs": "隐藏层", "ys": "输出层", "errors": "误差", "d_a": "增量", "carried": "未来增量"},
    "short": {"hs": "S", "zs": "U", "ys": "O", "errors": "R", "d_a": "q_t", "carried": "c_"},
}  # fmt: skip
AXES = {
    **recurrent.AXES,
    "function": tuple(dict.fromkeys((*elementary.SIGMOID, *elementary.SIGMOID_NUMBER))),
    "slope": tuple(elementary.SIGMOID_SLOPE),
    "output_error": tuple(ERRORS),
    **gradients.AXES,
    **holders.AXES,
    **bits.AXES,
    "initial": tuple(INITIAL),
    "names": tuple(NAMES),
}
del AXES["kept"]  # train_step does its own forward pass
RARE = {
    "list": 0.3, "blocks": 0.4, "elements": 0.3, "math_by_number": 0.4, "math_vectorised": 0.4, "exact": 0.3,
    "parts_exact": 0.3, "forward_mode": 0.5, "each_loss": 0.5, "jacobians": 0.5,
}  # fmt: skip  # a thousand steps of training are slow with these


def options(axis, c):
    """What an axis can be after others were chosen."""
    return recurrent.options(axis, c, NET) or gradients.options(axis, c) or AXES[axis]


def fits(c):
    """Whether the choices can be combined."""
    replaces = c["adding"] != "each_step" and c["update"] not in updates.IN_PLACE
    if replaces and c["holder"] in holders.KEEP_THEIR_MEMORY:
        return False
    return gradients.fits(c)


def source(c):
    """The program."""
    names = {**NAMES[c["names"]], "learning_rate": "alpha"}
    draws = {n: INITIAL[c["initial"]].format(a=a, b=b) for n, (a, b) in SHAPES.items()}
    rows, goals = bits.ROWS[c["rows"]], bits.GOALS[c["goals"]]
    layer_2 = bits.OUTPUTS[c["bits_of_outputs"]]
    forward = lines(f"x = {rows}", "_, _, ys = self.run(x)", f"return {layer_2}")
    step = lines(
        f"x, y = {rows}, {goals}",
        "hs, zs, ys = self.run(x)",
        f"layer_2 = {layer_2}",
        gradients.Adding(c, NET, ERRORS[c["output_error"]]).body(),
        f"d = {bits.ROUNDED[c['rounded']]}",
        f"overall_error = {bits.OVERALL[c['overall']]}",
        f"return {bits.PAIR[c['pair']]}",
    )
    methods = [
        ("run", ("x",), recurrent.run_text(c, NET, "")),
        ("forward", ("a", "b"), forward),
        ("train_step", ("a", "b", "c", "learning_rate=0.1"), step),
    ]
    held = holders.class_text(c, "BinaryAdder", SIZES, draws, methods)
    body = lines(bits.CHECKS[c["fits"]], bits.WAYS[c["bits"]])
    numbers = f"def int2binary(n, binary_dim=8):\n{block(body)}\n\n\n"
    return renamed(assembled(recurrent.functions_text(c, NET), numbers + held), names)
