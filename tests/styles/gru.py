"""Styles of gru."""

import numpy as np

from tests.styles import elementary, holders, recurrent, updates
from tests.styles.compose import block, lines, renamed, words
from tests.styles.helpers import assembled
from tests.styles.products import LAYOUTS
from tests.styles.proof import module_of
from tests.styles.simple_rnn import SIZES

NET = recurrent.Net("W_xh", "W_hh", "W_hy", "b_h", "b_y")
LAYOUT_NAMES = ("column", "flat", "row")
WAYS = tuple(dict.fromkeys(way for name in LAYOUT_NAMES for way in LAYOUTS[name].ways))
FAR = 1e5  # the largest input; sums of a few are larger


def _stays_right(way):
    """Whether a sigmoid is 0 and 1 far out, where an exponential overflows."""
    text = f"import math\nimport numpy as np\n{elementary.function_text('sigmoid', way)}"
    with np.errstate(all="ignore"):
        try:
            return module_of(text).sigmoid(np.array([-FAR, FAR])).tolist() == [0, 1]
        except OverflowError:
            return False


SIGMOID = tuple(way for way in elementary.SIGMOID if _stays_right(way))
SHAPES = {
    "W_xh": (3, "hidden_size", "input_size"),
    "W_hh": (3, "hidden_size", "hidden_size"),
    "W_hy": ("output_size", "hidden_size"),
}
INITIAL = {
    "randn": "np.random.randn({s}) * 0.01",
    "factor_first": "0.01 * np.random.randn({s})",
    "normal": "np.random.normal(0, 0.01, ({s}))",
    "standard_normal": "np.random.standard_normal(({s})) * 0.01",
    "divided": "np.random.randn({s}) / 100",
    "reshaped": "(np.random.randn({p}) * 0.01).reshape({s})",
}
ZEROS = {
    "zeros": "np.zeros(({s}, 1))",
    "full": "np.full(({s}, 1), 0.0)",
    "times_zero": "np.ones(({s}, 1)) * 0.0",
}
ORDERS = {
    "input_first": "p + q + b",
    "state_first": "q + p + b",
    "bias_first": "b + p + q",
    "grouped": "q + (p + b)",
}
MIXED = {
    "new_first": "(1 - z) * n + z * h",
    "old_first": "z * h + (1 - z) * n",
    "moved": "n + z * (h - n)",
    "moved_from_old": "h + (1 - z) * (n - h)",
    "three": "n - z * n + z * h",
    "average": "np.where(True, z * h, 0) + n * (1 - z)",
}
OF_NEW = {
    "left_to_right": "d_h * (1 - z) * S",
    "slope_first": "S * (1 - z) * d_h",
    "share_last": "d_h * S * (1 - z)",
    "difference": "(d_h - d_h * z) * S",
}
OF_UPDATE = {
    "left_to_right": "d_h * (h - n) * S",
    "slope_first": "S * (h - n) * d_h",
    "difference": "(d_h * h - d_h * n) * S",
    "turned": "d_h * -(n - h) * S",
}
OF_RESET = {
    "left_to_right": "d_rh * h * S",
    "slope_first": "S * h * d_rh",
    "grouped": "d_rh * (h * S)",
}
CARRIED = {
    "direct_first": "d_h * z + d_rh * r + R + Z",
    "gates_first": "R + Z + r * d_rh + z * d_h",
    "reset_first": "d_rh * r + (R + (Z + d_h * z))",
    "pairs": "(z * d_h + Z) + (r * d_rh + R)",
}
GATES = {  # the gradients of the three gates, and what their parts of W_hh were multiplied with
    "written_out": [("0", "d_r", "h"), ("1", "d_z", "h"), ("2", "d_n", "r * h")],
    "loop": [("k", "d_a", "seen")],
}
LOOP = "for k, d_a, seen in ((0, d_r, h), (1, d_z, h), (2, d_n, r * h)):"
AFTER = {
    "einsum": (
        "np.einsum('tgh,ti->ghi', D, x)",
        "np.einsum('tgh,tgk->ghk', D, P)",
        "np.einsum('to,th->oh', E, N)",
    ),
    "products": (
        "np.stack([D[:, k].T @ x for k in range(3)])",
        "np.stack([D[:, k].T @ P[:, k] for k in range(3)])",
        "E.T @ N",
    ),
    "broadcast": (
        "(D[:, :, :, None] * x[:, None, None, :]).sum(axis=0)",
        "(D[:, :, :, None] * P[:, :, None, :]).sum(axis=0)",
        "(E[:, :, None] * N[:, None, :]).sum(axis=0)",
    ),
}
NAMES = {
    "statement": {},
    "letters": {"steps": "S_all", "ys": "Y_all", "error": "e_t", "carried": "c_next", "d_h": "g_t"},
    "long": {
        "steps": "remembered_steps",
        "ys": "predictions",
        "error": "output_error",
        "carried": "gradient_from_the_future",
        "d_h": "delta_state",
        "d_rh": "delta_of_reset_state",
        "grads": "gradients",
        "learning_rate": "eta",
        "run": "_forward_pass",
    },
    "chinese": {
        "steps": "各步",
        "ys": "输出",
        "error": "误差",
        "carried": "传回",
        "d_h": "状态梯度",
    },
}
AXES = {
    "layout": LAYOUT_NAMES,
    "times": WAYS,
    "back": WAYS,
    "outer": WAYS,
    "spelling": ("first", "second", "third", "fourth"),
    "tanh": tuple(elementary.TANH),
    "sigmoid": SIGMOID,
    "tanh_slope": tuple(elementary.TANH_SLOPE),
    "sigmoid_slope": tuple(elementary.SIGMOID_SLOPE),
    "sum": (*ORDERS, "in_place"),
    "projected": ("each_step", "ahead"),
    "mixed": tuple(MIXED),
    "loop": ("range", "enumerate", "while"),
    "kept": ("cache", "recomputed"),
    "of_new": tuple(OF_NEW),
    "of_update": tuple(OF_UPDATE),
    "of_reset": tuple(OF_RESET),
    "carry": tuple(CARRIED),
    "down": ("reversed", "while", "slice", "step"),
    "adding": ("dict", "rebound", "parts", *AFTER),
    "gates": tuple(GATES),
    "update": updates.WAYS,
    **holders.AXES,
    "returned": ("first", "second", "third", "fourth"),
    "initial": tuple(INITIAL),
    "zeros": tuple(ZEROS),
    "names": tuple(NAMES),
}
RARE = {"math_by_number": 0.4, "math_vectorised": 0.5, "frompyfunc": 0.5, "exact": 0.5}


def options(axis, c):
    """What an axis can be after others were chosen."""
    if axis in {"times", "back", "outer"}:
        return LAYOUTS[c["layout"]].ways
    return AXES[axis]


def fits(c):
    """Whether the choices can be combined."""
    return c["update"] in updates.IN_PLACE or c["holder"] not in holders.KEEP_THEIR_MEMORY


def source(c):
    """The program."""
    d = recurrent.dialect_of(c)
    returned = d.layout.returned
    result = returned[recurrent.SPELLINGS[c["returned"]] % len(returned)].format(ys="ys")
    keeps = c["kept"] == "cache"
    forward = lines(
        "steps, ys = self.run(x)", "self.cache = steps, ys" if keeps else "", f"return {result}"
    )
    fetch = "steps, ys = " + ("self.cache" if keeps else "self.run(x)")
    backward = lines(fetch, gradients_text(c, d), updates.text(c, NET, "-", "grads['{}']".format))
    methods = [
        ("run", ("x",), run_text(c, d)),
        ("forward", ("x",), forward),
        ("backward", ("x", "y", "learning_rate"), backward),
    ]
    text = holders.class_text(c, "GRU", SIZES, draws_of(c), methods)
    return renamed(assembled(functions_text(c), text), NAMES[c["names"]])


def draws_of(c):
    """The initial values of the weights."""
    draws = {
        name: INITIAL[c["initial"]].format(
            s=", ".join(map(str, shape)), p=" * ".join(map(str, shape))
        )
        for name, shape in SHAPES.items()
    }
    draws["b_h"] = ZEROS[c["zeros"]].format(s="3, hidden_size")
    draws["b_y"] = ZEROS[c["zeros"]].format(s="output_size")
    return draws


def functions_text(c):
    """The elementary functions and their slopes."""
    texts = [elementary.function_text(kind, c[kind]) for kind in ("tanh", "sigmoid")]
    for kind in ("tanh", "sigmoid"):
        text = elementary.slope_text(kind, c[f"{kind}_slope"])
        texts.append(text.replace("def slope(", f"def {kind}_slope("))
    return "\n\n".join(text.strip("\n") + "\n" for text in texts)


def run_text(c, d):
    """The body of a method that returns what each step computed, and the outputs."""
    project = [d.times(f"W_xh[{k}]", "x_t") for k in range(3)]
    ahead = ""
    x_t = f"x_t = {d.vector('x[t]')}"
    if c["projected"] == "ahead":
        rows = f"[{d.vector('row')} for row in x]"
        ahead = f"projected = [({', '.join(project)}) for x_t in {rows}]"
        x_t, project = "", [f"projected[t][{k}]" for k in range(3)]
    step = lines(
        x_t,
        argument_text(c, d, "a_r", 0, project[0], "h"),
        argument_text(c, d, "a_z", 1, project[1], "h"),
        "r, z = sigmoid(a_r), sigmoid(a_z)",
        argument_text(c, d, "a_n", 2, project[2], "r * h"),
        "n = tanh(a_n)",
        f"now = {MIXED[c['mixed']]}",
        "steps.append((h, r, z, n, a_r, a_z, a_n, now))",
        f"ys.append({words('p + b', p=d.times('W_hy', 'now'), b=d.bias('b_y'))})",
        "h = now",
    )
    loop = {
        "range": lines("for t in range(T):", block(step)),
        "enumerate": lines("for t, _ in enumerate(x):", block(step)),
        "while": lines("t = 0", "while t < T:", block(lines(step, "t += 1"))),
    }[c["loop"]]
    start = lines("T, H = len(x), W_hh.shape[1]", f"h = {d.zeros('H')}", "steps, ys = [], []")
    return lines(start, ahead, loop, "return steps, ys")


def argument_text(c, d, name, gate, into, state):
    """What goes into the function of a gate."""
    across, bias = d.times(f"W_hh[{gate}]", state), d.bias(f"b_h[{gate}]")
    if c["sum"] == "in_place":
        return lines(f"{name} = 1.0 * {into}", f"{name} += {across}", f"{name} += {bias}")
    return f"{name} = {words(ORDERS[c['sum']], p=into, q=across, b=bias)}"


def gradients_text(c, d):
    """The lines from the kept steps to the gradients by name."""
    slope_of = {
        gate: f"{kind}_slope({argument if elementary.needs_argument(kind, c[f'{kind}_slope']) else gate})"
        for gate, kind, argument in (
            ("r", "sigmoid", "a_r"),
            ("z", "sigmoid", "a_z"),
            ("n", "tanh", "a_n"),
        )
    }
    gates_back = {"R": d.back("W_hh[0]", "d_r"), "Z": d.back("W_hh[1]", "d_z")}
    step = lines(
        "h, r, z, n, a_r, a_z, a_n, now = steps[t]",
        f"error = ys[t] - {d.vector('y[t]')}",
        f"d_h = {words('p + carried', p=d.back('W_hy', 'error'))}",
        f"d_n = {words(OF_NEW[c['of_new']], S=slope_of['n'])}",
        f"d_rh = {d.back('W_hh[2]', 'd_n')}",
        f"d_r = {words(OF_RESET[c['of_reset']], S=slope_of['r'])}",
        f"d_z = {words(OF_UPDATE[c['of_update']], S=slope_of['z'])}",
        f"carried = {words(CARRIED[c['carry']], **gates_back)}",
        added_text(c, d),
    )
    down = {
        "reversed": lines("for t in reversed(range(T)):", block(step)),
        "slice": lines("for t in range(T)[::-1]:", block(step)),
        "step": lines("for t in range(T - 1, -1, -1):", block(step)),
        "while": lines("t = T", "while t > 0:", block(lines("t -= 1", step))),
    }[c["down"]]
    start = lines("T, H = len(x), W_hh.shape[1]", f"carried = {d.zeros('H')}", started_text(c))
    return lines(start, down, finished_text(c))


def started_text(c):
    """What the parts are added to."""
    if c["adding"] in AFTER:
        return "deltas, seens, errors, states = [], [], [], []"
    if c["adding"] == "parts":
        return f"parts = {{name: [[], [], []] for name in {tuple(NET.weights)}}}"
    return lines("grads = {}", *(f"grads['{n}'] = np.zeros({n}.shape)" for n in NET.weights))


def added_text(c, d):
    """What a step adds to each gradient."""
    if c["adding"] in AFTER:
        return lines(
            "deltas.insert(0, [np.ravel(v) for v in (d_r, d_z, d_n)])",
            "seens.insert(0, [np.ravel(v) for v in (h, h, r * h)])",
            "errors.insert(0, np.ravel(error))",
            "states.insert(0, np.ravel(now))",
        )
    of_gates = lines(
        *(
            lines(
                _add(c, "W_xh", k, d.outer(d_a, d.vector("x[t]"))),
                _add(c, "W_hh", k, d.outer(d_a, seen)),
                _add(c, "b_h", k, d.layout.as_bias.format(v=d_a)),
            )
            for k, d_a, seen in GATES[c["gates"]]
        )
    )
    if c["gates"] == "loop":
        of_gates = lines(LOOP, block(of_gates))
    return lines(
        of_gates,
        _add(c, "W_hy", "", d.outer("error", "now")),
        _add(c, "b_y", "", d.layout.as_bias.format(v="error")),
    )


def _add(c, name, gate, part):
    at = f"[{gate}]" if gate else ""
    if c["adding"] == "parts":
        return f"parts['{name}'][{gate or 0}].append({part})"
    if c["adding"] == "rebound":
        return f"grads['{name}']{at} = grads['{name}']{at} + {part}"
    return f"grads['{name}']{at} += {part}"


def finished_text(c):
    """Gradients from what was collected, if parts were not added at once."""
    if c["adding"] == "parts":
        return lines(
            "grads = {n: np.array([sum(p) for p in of if p]) for n, of in parts.items()}",
            "grads['W_hy'], grads['b_y'] = grads['W_hy'][0], grads['b_y'][0]",
        )
    if c["adding"] not in AFTER:
        return ""
    into, across, out = AFTER[c["adding"]]
    return lines(
        "D, P, E, N = (np.array(v) for v in (deltas, seens, errors, states))",
        f"grads = {{'W_xh': {into}, 'W_hh': {across}, 'W_hy': {out}}}",
        "grads['b_h'], grads['b_y'] = D.sum(axis=0)[:, :, None], E.sum(axis=0)[:, None]",
    )
