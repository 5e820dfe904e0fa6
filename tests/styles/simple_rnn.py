"""Styles of simple_rnn."""

from tests.styles import elementary, gradients, holders, recurrent, updates
from tests.styles.compose import lines, renamed
from tests.styles.helpers import assembled

NET = recurrent.Net("W_xh", "W_hh", "W_hy", "b_h", "b_y")
SIZES = ("input_size", "hidden_size", "output_size")
SHAPES = {
    "W_xh": ("hidden_size", "input_size"),
    "W_hh": ("hidden_size", "hidden_size"),
    "W_hy": ("output_size", "hidden_size"),
}
INITIAL = {
    "randn": "np.random.randn({a}, {b}) * 0.01",
    "factor_first": "0.01 * np.random.randn({a}, {b})",
    "normal": "np.random.normal(0, 0.01, ({a}, {b}))",
    "normal_by_name": "np.random.normal(scale=0.01, size=({a}, {b}))",
    "standard_normal": "np.random.standard_normal(({a}, {b})) * 0.01",
    "divided": "np.random.randn({a}, {b}) / 100",
    "number_by_number": "np.array([[np.random.randn() * 0.01 for _ in range({b})] for _ in range({a})])",
    "reshaped": "np.multiply(0.01, np.random.randn({a} * {b})).reshape({a}, {b})",
}
ZEROS = {
    "zeros": "np.zeros(({a}, 1))",
    "full": "np.full(({a}, 1), 0.0)",
    "times_zero": "np.ones(({a}, 1)) * 0.0",
    "array": "np.array([[0.0]] * {a})",
}
NAMES = {
    "statement": {},
    "letters": {
        "hs": "H_all",
        "zs": "Z_all",
        "ys": "Y_all",
        "errors": "E_all",
        "d_a": "da",
        "carried": "dh_next",
        "d_h": "dh",
        "grads": "g_all",
    },
    "long": {
        "hs": "hidden_states",
        "zs": "pre_activations",
        "ys": "predictions",
        "errors": "output_errors",
        "d_a": "delta_before_tanh",
        "carried": "gradient_from_the_future",
        "d_h": "delta_hidden",
        "grads": "gradients",
        "learning_rate": "eta",
        "run": "_forward_pass",
    },
    "chinese": {
        "hs": "隐藏状态",
        "ys": "输出",
        "errors": "误差",
        "d_a": "梯度",
        "carried": "传回",
        "d_h": "状态梯度",
        "run": "前向",
    },
    "short": {
        "hs": "S",
        "zs": "U",
        "ys": "O",
        "errors": "R",
        "d_a": "q_t",
        "carried": "c_",
        "learning_rate": "lr",
        "x_t": "v_t",
    },
}
AXES = {
    **recurrent.AXES,
    "function": tuple(dict.fromkeys((*elementary.TANH, *elementary.TANH_NUMBER))),
    "slope": tuple(elementary.TANH_SLOPE),
    **gradients.AXES,
    **holders.AXES,
    "inputs": ("argument", "kept", "copied"),
    "returned": ("first", "second", "third", "fourth"),
    "initial": tuple(INITIAL),
    "zeros": tuple(ZEROS),
    "names": tuple(NAMES),
}
RARE = {
    "list": 0.2,
    "blocks": 0.4,
    "elements": 0.4,
    "math_by_number": 0.5,
    "frompyfunc": 0.5,
    "exact": 0.5,
    "parts_exact": 0.4,
}
FILLED = "self.cache = {'hs': hs, 'zs': zs, 'ys': ys}"
EMPTIED = "hs, zs, ys = (self.cache[name] for name in ('hs', 'zs', 'ys'))"
KEPT = {
    "attributes": (
        "self.hs, self.zs, self.ys = hs, zs, ys",
        "hs, zs, ys = self.hs, self.zs, self.ys",
    ),
    "tuple": ("self.cache = hs, zs, ys", "hs, zs, ys = self.cache"),
    "dict": (FILLED, EMPTIED),
    "recomputed": ("", "hs, zs, ys = self.run(x)"),
}


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
    d = recurrent.dialect_of(c)
    keep, fetch = KEPT[c["kept"]]
    returned = d.layout.returned
    result = returned[recurrent.SPELLINGS[c["returned"]] % len(returned)].format(ys="ys")
    kept_x = {"argument": "", "kept": "self.x = x", "copied": "self.x = np.array(x, dtype=float)"}
    forward = lines(kept_x[c["inputs"]], "hs, zs, ys = self.run(x)", keep, f"return {result}")
    own_x = "" if c["inputs"] == "argument" else "x = self.x"
    backward = lines(own_x, fetch, gradients.Adding(c, NET, "o - g").body())
    draws = {n: INITIAL[c["initial"]].format(a=a, b=b) for n, (a, b) in SHAPES.items()}
    draws["b_h"] = ZEROS[c["zeros"]].format(a="hidden_size")
    draws["b_y"] = ZEROS[c["zeros"]].format(a="output_size")
    methods = [
        ("run", ("x",), recurrent.run_text(c, NET, "")),
        ("forward", ("x",), forward),
        ("backward", ("x", "y", "learning_rate"), backward),
    ]
    text = holders.class_text(c, "SimpleRNN", SIZES, draws, methods)
    return renamed(assembled(recurrent.functions_text(c, NET), text), NAMES[c["names"]])
