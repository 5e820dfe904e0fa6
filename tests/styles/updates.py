"""How weights are changed once their gradients are there."""

from tests.styles.compose import block, lines

WAYS = (
    "minus_equals", "rebind", "slice", "subtract_out", "plus_negative", "setattr", "zip", "elements",
)  # fmt: skip
OF_LISTS = ("rebind", "elements", "slice")
IN_PLACE = {"minus_equals", "slice", "subtract_out", "plus_negative", "zip", "elements"}


def text(c, net, op, gradient):
    """The lines of that way. op: - or +; gradient: from a weight's name to the text of its gradient."""
    way, names, rate_inside = c["update"], net.weights, c["adding"] == "rate_inside"
    if c["adding"] == "each_step":
        return ""
    pairs = ", ".join(gradient(n) for n in names)
    rate = "" if rate_inside else "learning_rate * "
    if c["layout"] == "list":
        template = _of_lists(way, op)
    elif way == "setattr":
        body = f"setattr(self, name, getattr(self, name) {op} {rate}g)"
        return lines(f"for name, g in zip({tuple(names)}, ({pairs})):", block(body))
    elif way == "zip":
        return f"for W, g in zip(({', '.join(names)}), ({pairs})):\n    W {op}= {rate}g"
    else:
        template = _of_arrays(way, op, rate)
    return lines(*(template.format(n=n, g=gradient(n)) for n in names))


def _of_lists(way, op):
    each = f"[[w {op} learning_rate * g for w, g in zip(*rows)] for rows in zip({{n}}, {{g}})]"
    return {
        "rebind": "self.{n} = " + each,
        "slice": "{n}[:] = " + each,
        "elements": f"step_down({{n}}, {{g}}, {'' if op == '-' else '-'}learning_rate)",
    }[way]


def _of_arrays(way, op, rate):
    other = "+" if op == "-" else "-"
    function = "np.subtract" if op == "-" else "np.add"
    one = f"{{n}}[at] {op}= {rate}g[at]"
    return {
        "minus_equals": f"{{n}} {op}= {rate}{{g}}",
        "rebind": f"self.{{n}} = {{n}} {op} {rate}{{g}}",
        "slice": f"{{n}}[...] = {{n}} {op} {rate}{{g}}",
        "subtract_out": f"{function}({{n}}, {rate}{{g}}, out={{n}})",
        "plus_negative": f"{{n}} {other}= -{rate or '1 * '}{{g}}",
        "elements": f"g = {{g}}\nfor at in np.ndindex({{n}}.shape):\n    {one}",
    }[way]
