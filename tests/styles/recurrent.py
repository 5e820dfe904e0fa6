"""What programs for simple_rnn and binary_addition share: states, errors and how they are kept."""

from dataclasses import dataclass

from tests.styles import elementary
from tests.styles.compose import block, lines
from tests.styles.products import LAYOUTS, Dialect


@dataclass(frozen=True)
class Net:
    """The names of the weights, and the functions of states and outputs."""

    into: str
    recurrent: str
    out: str
    bias: str = ""
    bias_out: str = ""
    function: str = "tanh"
    output: str = ""  # the function of the outputs, if they have one

    @property
    def weights(self):
        return [n for n in (self.into, self.recurrent, self.out, self.bias, self.bias_out) if n]


VECTORS = ("column", "flat", "row", "list")
WAYS = tuple(dict.fromkeys(way for name in VECTORS for way in LAYOUTS[name].ways))
AXES = {
    "layout": VECTORS,
    "times": WAYS,
    "back": WAYS,
    "outer": WAYS,
    "spelling": ("first", "second", "third", "fourth"),
    "sum": ("input_first", "state_first", "bias_first", "in_place", "joined", "ahead", "grouped"),
    "loop": ("range", "enumerate", "while", "recursive", "accumulate"),
    "states": ("list", "dict", "array"),
    "outputs": ("inside", "after", "matrix"),
    "kept": ("attributes", "tuple", "dict", "recomputed"),
    "error": ("list", "function", "ahead_of_loops"),
    "sign": ("output_less_target", "target_less_output"),
    "slope_at": ("function", "list", "inline"),
    "outward": ("inline", "list", "function"),
}
SPELLINGS = {name: number for number, name in enumerate(AXES["spelling"])}


def dialect_of(c):
    """The dialect that the choices name."""
    return Dialect(c["layout"], c["times"], c["back"], c["outer"], SPELLINGS[c["spelling"]])


def options(axis, c, net):
    """What an axis can be after the layout was chosen; None if that makes no difference."""
    listed = c.get("layout") == "list"
    if axis in {"times", "back", "outer"}:
        return LAYOUTS[c["layout"]].ways
    if axis == "function":
        functions = elementary.FUNCTIONS_OF_NUMBERS if listed else elementary.FUNCTIONS
        return functions[net.function]
    if listed:
        return {
            "slope": sorted(elementary.SLOPES_OF_NUMBERS[net.function]),
            "states": ("list", "dict"),
            "outputs": ("inside", "after"),
            "sum": ("input_first", "state_first", "bias_first", "ahead", "grouped"),
        }.get(axis)
    return None


def functions_text(c, net):
    """The elementary function and its slope."""
    if c["layout"] == "list":
        return elementary.number_texts(net.function, c["function"], c["slope"])
    return lines(
        elementary.function_text(net.function, c["function"]),
        "\n",
        elementary.slope_text(net.function, c["slope"]),
    )


def now(c, t):
    """The state after step t, counted from 0."""
    return f"hs[{t}]" if c["states"] == "dict" else f"hs[{t} + 1]"


def before(c, t):
    """The state before step t, counted from 0."""
    return f"hs[{t} - 1]" if c["states"] == "dict" else f"hs[{t}]"


def run_text(c, net, head):
    """The body of a method that returns states, arguments and outputs of all steps."""
    d = dialect_of(c)
    zero = d.zeros("H")
    start = {
        "list": f"hs, zs = [{zero}], []",
        "dict": f"hs, zs = {{-1: {zero}}}, {{}}",
        "array": f"hs, zs = np.zeros({_series(d, 'T + 1', 'H')}), np.zeros({_series(d, 'T', 'H')})",
    }[c["states"]]
    put = {
        "list": "zs.append(z)\nhs.append(h)",
        "dict": "zs[t] = z\nhs[t] = h",
        "array": "zs[t] = z\nhs[t + 1] = h",
    }[c["states"]]
    ahead = ""
    if c["sum"] == "ahead":
        ahead = (
            f"projected = [{d.times(net.into, 'x_t')} for x_t in [{d.vector('row')} for row in x]]"
        )
    step = lines(*argument_lines(c, net, d), f"h = {net.function}(z)", put)
    within = c["outputs"] == "inside"
    output = output_text(net, d, "h")
    if within:
        step = lines(step, f"ys.append({output})")
    return lines(
        head,
        f"T, H = len(x), len({net.recurrent})",
        ahead,
        start,
        "ys = []" if within else "",
        loop_text(c, d, step),
        "" if within else outputs_text(c, net, d),
        "return hs, zs, ys",
    )


def argument_lines(c, net, d):
    """z from the row x[t] and the state h before the step."""
    x_t = f"x_t = {d.vector('x[t]')}"
    bias = d.bias(net.bias) if net.bias else ""
    into, across = d.times(net.into, "x_t"), d.times(net.recurrent, "h")
    if c["sum"] == "ahead":
        x_t, into = "", "projected[t]"
    if c["sum"] == "in_place":
        last = [f"z += {bias}"] if bias else []
        return [x_t, f"z = {into}", f"z = z + {across}", *last]
    if c["sum"] == "joined":
        return [x_t, *joined_lines(net, d)]
    terms = {"p": into, "q": across, **({"b": bias} if bias else {})}
    orders = {"state_first": "q + p + b", "bias_first": "b + p + q", "grouped": "q + (p + b)"}
    order = orders.get(c["sum"], "p + q + b")
    order = order if bias else order.replace("b + ", "").replace(" + b", "").replace("(p)", "p")
    return [x_t, f"z = {d.each(order, **terms)}"]


def joined_lines(net, d):
    """z as one product of [W_in W_rec b] with the input, the state and a one, below each other."""
    axis = {"column": 0, "flat": 0, "row": 1}[d.name]
    one = {"column": "np.ones((1, 1))", "flat": "np.ones(1)", "row": "np.ones((1, 1))"}[d.name]
    weights = [net.into, net.recurrent, *([net.bias] if net.bias else [])]
    parts = ["x_t", "h", *([one] if net.bias else [])]
    joined = f"joined = np.concatenate([{', '.join(weights)}], axis=1)"
    stacked = f"stacked = np.concatenate([{', '.join(parts)}], axis={axis})"
    return [joined, stacked, f"z = {d.times('joined', 'stacked')}"]


def output_text(net, d, state):
    """The output that belongs to a state."""
    product = d.times(net.out, state)
    if net.bias_out:
        product = d.each("p + b", p=product, b=d.bias(net.bias_out))
    return f"{net.output}({product})" if net.output else product


def outputs_text(c, net, d):
    """All outputs after all states."""
    if c["outputs"] == "after":
        return f"ys = [{output_text(net, d, now(c, 't'))} for t in range(T)]"
    bias = f" + {net.bias_out}[:, 0]" if net.bias_out else ""
    product = f"np.array([{now(c, 't')} for t in range(T)]).reshape(T, H) @ {net.out}.T{bias}"
    product = f"{net.output}({product})" if net.output else product
    return f"ys = [{d.vector('row')} for row in {product}]"


def loop_text(c, d, step):
    """The loop over time around the lines of a step."""
    first = f"h = {d.zeros('H')}"
    if c["loop"] == "range":
        return lines(first, "for t in range(T):", block(step))
    if c["loop"] == "enumerate":
        return lines(first, "for t, _ in enumerate(x):", block(step))
    if c["loop"] == "while":
        return lines(first, "t = 0", "while t < T:", block(lines(step, "t += 1")))
    if c["loop"] == "recursive":
        base = f"if t < 0:\n    return {d.zeros('H')}"
        body = lines(base, "h = state(t - 1)", step, "return h")
        return lines("def state(t):", block(body), "state(T - 1)")
    body = lines("def advance(h, t):", block(lines(step, "return h")))
    used = f"list(itertools.accumulate(range(T), advance, initial={d.zeros('H')}))"
    return lines(body, used)


def _series(d, count, n):
    return LAYOUTS[d.name].series.format(count=count, n=n)
