"""Ways to write one step of rnn_cell: rnn_Cell and rnn_cell_backward."""

from tests.styles import elementary
from tests.styles.compose import block, lines, words

FETCHED = {
    "one_by_one": lambda used: lines(*(f"{n} = parameters['{n}']" for n in used)),
    "at_once": lambda used: f"{', '.join(used)}, = (parameters[name] for name in {tuple(used)})",
    "map": lambda used: f"{', '.join(used)}, = map(parameters.get, {tuple(used)})",
    "getter": lambda used: lines(*(f"{n} = parameters.get('{n}')" for n in used)),
    "direct": None,  # parameters['Wam'] wherever a name stands
}
BIAS_SUMS = {
    "columns": ("{v}.sum(axis=1, keepdims=True)", "np.sum({v}, 1)[:, None]", "{v} @ np.ones(({v}.shape[1], 1))", "np.add.reduce({v}, axis=1, keepdims=True)", "np.einsum('ij->i', {v})[:, None]", "{v}.sum(1).reshape(-1, 1)", "np.array([[math.fsum(r)] for r in {v}])"),
    "rows": ("{v}.sum(axis=0)[:, None]", "{v}.sum(0, keepdims=True).T", "(np.ones(len({v})) @ {v})[:, None]", "np.sum({v}.T, axis=1, keepdims=True)", "np.einsum('ki->i', {v}).reshape(-1, 1)", "sum({v})[:, None]", "np.cumsum({v}, axis=0)[-1][:, None]"),
}  # fmt: skip
BIAS_SUM_NAMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
FIELDS = ("x_t", "a_former", "a_now", "z", "parameters")
CACHES = {
    "tuple": ("({})", "{} = cache"),
    "list": ("[{}]", "{} = cache"),
    "dict": ("dict(zip({names}, ({})))", "{} = (cache[name] for name in {names})"),
    "object": ("Cache({})", "{} = cache.fields"),
    "namedtuple": ("Cache({})", "{} = cache"),
    "namespace": (
        "types.SimpleNamespace({pairs})",
        "{} = (getattr(cache, name) for name in {names})",
    ),
    "closure": ("", ""),
}
CLASSES = {
    "object": "class Cache:\n    def __init__(self, *fields):\n        self.fields = fields\n",
    "namedtuple": "Cache = collections.namedtuple('Cache', 'x_t a_former a_now z parameters')\n",
}
RESULTS = {
    "dict": "{{{pairs}}}",
    "call": "dict({named})",
    "zip": "dict(zip({names}, ({values})))",
    "ordered": "collections.OrderedDict({named})",
    "more_keys": "{{{pairs}, 'dz': 0.0}}",
}
AXES = {
    "bias_sum": BIAS_SUM_NAMES,
    "fetched": tuple(FETCHED),
    "cache": tuple(CACHES),
    "held": ("references", "copies"),
    "result": tuple(RESULTS),
    "triple": ("tuple", "list"),
}


def argument_lines(c, d):
    """z from x_i and a_i, the input and the state before, in the program's own layout."""
    into, across, bias = d.times("Wam", "x_i"), d.times("Waa", "a_i"), d.bias("ba")
    if c["sum"] == "joined":
        axis = 0 if c["layout"] == "columns" else 1
        one = "np.ones((1, x_i.shape[1]))" if axis == 0 else "np.ones((len(x_i), 1))"
        return lines(
            "joined = np.concatenate([Waa, Wam, ba], axis=1)",
            f"stacked = np.concatenate([a_i, x_i, {one}], axis={axis})",
            f"z = {d.times('joined', 'stacked')}",
        )
    if c["sum"] == "in_place":
        return lines(f"z = {into}", f"z += {across}", f"z += {bias}")
    order = {"state_first": "q + p + b", "bias_first": "b + q + p", "grouped": "p + (q + b)"}
    return f"z = {words(order.get(c['sum'], 'p + q + b'), p=into, q=across, b=bias)}"


def bias_sum(c, v):
    """The sum of v over the samples."""
    return BIAS_SUMS[c["layout"]][BIAS_SUM_NAMES.index(c["bias_sum"])].format(v=v)


def fetched(c, body):
    """The body with the parameters that it uses taken from the dict."""
    used = [n for n in ("Wam", "Waa", "Wya", "ba", "by") if words(body, **{n: ""}) != body]
    if c["fetched"] == "direct":
        return words(body, **{n: f"parameters['{n}']" for n in used})
    return lines(FETCHED[c["fetched"]](used), body)


def result(c, **values):
    """The dict of gradients."""
    pairs = ", ".join(f"'{n}': {v}" for n, v in values.items())
    named = ", ".join(f"{n}={v}" for n, v in values.items())
    return RESULTS[c["result"]].format(
        pairs=pairs, named=named, names=tuple(values), values=", ".join(values.values())
    )


def text(c, d):
    """rnn_Cell and rnn_cell_backward."""
    scores = words("p + b", p=d.times("Wya", "h"), b=d.bias("by"))
    turned = ".T" if c["layout"] == "rows" else ""
    slope = "slope(z)" if elementary.needs_argument("tanh", c["slope"]) else f"slope(a_now{turned})"
    back = lines(
        f"dz = {slope} * {d.vector('d_next')}",
        "return "
        + result(
            c,
            dx_t=f"({d.back('Wam', 'dz')}){turned}",
            da_former=f"({d.back('Waa', 'dz')}){turned}",
            dWam=d.outer("dz", f"{d.vector('x_t')}"),
            dWaa=d.outer("dz", f"{d.vector('a_former')}"),
            dba=bias_sum(c, "dz"),
        ),
    )
    forward = lines(
        f"x_i, a_i = {d.vector('x_t')}, {d.vector('a_former')}",
        argument_lines(c, d),
        "h = tanh(z)",
        f"a_now, y_now = h{turned}, softmax(({scores}){turned})",
    )
    backward = fetched(c, back)
    pack, unpack = CACHES[c["cache"]]
    fields = ", ".join(FIELDS)
    pairs = ", ".join(f"{n}={n}" for n in FIELDS)
    packed = f"cache = {pack.format(fields, names=FIELDS, pairs=pairs)}"
    if c["cache"] == "closure":
        packed = lines("def cache(d_next):", block(backward))
        backward = "return cache(d_next)"
    else:
        backward = lines(unpack.format(fields, names=FIELDS), backward)
    held = ""
    if c["held"] == "copies":
        held = "x_t, a_former = x_t.copy(), a_former.copy()\nparameters = {k: v.copy() for k, v in parameters.items()}"
    returned = "a_now, y_now, cache"
    returned = f"[{returned}]" if c["triple"] == "list" else returned
    forward = lines(fetched(c, forward), held, packed, f"return {returned}")
    return (
        f"def rnn_Cell(x_t, a_former, parameters):\n{block(forward)}\n\n\n"
        f"def rnn_cell_backward(d_next, cache):\n{block(backward)}\n"
    )
