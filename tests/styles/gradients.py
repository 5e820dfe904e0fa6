"""How the parts of each step are added up to gradients, and how weights are updated with them."""

from dataclasses import replace

from tests.styles import afterwards, elementary, recursions, updates
from tests.styles.compose import block, lines, words
from tests.styles.products import LAYOUTS
from tests.styles.recurrent import before, dialect_of, now

AXES = {
    "recursion": recursions.WAYS,
    "down": tuple(recursions.LOOPS),
    "adding": (
        "variables", "rebound", "dict", "dict_rebound", "np_add", "views", "rate_inside",
        "parts_sum", "parts_np_sum", "parts_reduce", "parts_pairwise", "parts_exact",
        "parts_long_double", "parts_reversed", "each_step",
        "after_at", "after_dot", "after_einsum", "after_tensordot", "after_broadcast",
        "after_joined", "after_outer",
    ),
    "update": updates.WAYS,
    "transposes": ("fresh", "cached"),
}  # fmt: skip
OF_LISTS = {
    "adding": ("dict", "parts_sum", "each_step"),
    "update": updates.OF_LISTS,
    "recursion": tuple(way for way in recursions.WAYS if way not in recursions.ARRAYS),
}
SUMS = {
    "parts_sum": "sum({parts})",
    "parts_np_sum": "np.sum({parts}, axis=0)",
    "parts_reduce": "functools.reduce(np.add, {parts})",
    "parts_pairwise": "pairwise({parts})",
    "parts_exact": "exact_sum({parts})",
    "parts_long_double": "np.sum({parts}, axis=0, dtype=np.longdouble).astype(np.float64)",
    "parts_reversed": "sum(reversed({parts}))",
}


def options(axis, c):
    """What an axis can be after the layout was chosen; None if that makes no difference."""
    return OF_LISTS.get(axis) if c.get("layout") == "list" else None


def fits(c):
    """Whether the choices can be combined."""
    adding, recursion = c["adding"], c["recursion"]
    if recursion in recursions.NESTED and adding in {"variables", "rebound"}:
        return False
    return not (adding.startswith("after") and recursion in recursions.REPEATED)


class Adding:
    """The lines that add parts up, for one program."""

    def __init__(self, c, net, error):
        """error: the template of the error at an output, from o, the output, and g, the goal."""
        self.c, self.net, self.error = c, net, error
        self.lists = c["layout"] == "list"
        self.each_step = c["adding"] == "each_step"
        self.recurrent = "old_recurrent" if self.each_step else net.recurrent
        self.out = "old_out" if self.each_step else net.out
        cached = (self.recurrent, self.out) if c["transposes"] == "cached" else ()
        self.d = replace(dialect_of(c), cached=cached)
        self.op = "-" if c["sign"] == "output_less_target" else "+"

    def body(self):
        """What backward does, from hs, zs, ys, x and y to the updated weights."""
        pieces = recursions.Pieces(
            d=self.d,
            recurrent=self.recurrent,
            S=self.S,
            G=self.G,
            acc=self.hidden,
            acc_out=self.output,
            forward_parts=self.forward_parts,
            down=recursions.LOOPS[self.c["down"]],
            weights=tuple(n for n in (self.net.into, self.net.recurrent, self.net.bias) if n),
        )
        return lines(
            f"T, H = len(x), len({self.net.recurrent})",
            self.start(),
            *self.turned(),
            self.ahead(),
            recursions.text(self.c["recursion"], pieces),
            self.finished(),
            updates.text(self.c, self.net, self.op, self.result),
        )

    def turned(self):
        """The transposes that are kept."""
        how = "[list(column) for column in zip(*{W})]" if self.lists else "{W}.T.copy()"
        return [f"{W}_turned = {how.format(W=W)}" for W in self.d.cached]

    def E(self, t):  # noqa: N802  # the letter of the templates
        return f"error({t})" if self.c["error"] == "function" else f"errors[{t}]"

    def S(self, t):  # noqa: N802
        where = self.c["slope_at"]
        if where == "list":
            return f"slopes[{t}]"
        if where == "inline" and not self.lists:
            letter, text = self._slope_of(t)
            return words(elementary.SLOPES[self.net.function][self.c["slope"]], **{letter: text})
        return f"slope({self._slope_of(t)[1]})"

    def _slope_of(self, t):
        of_argument = elementary.needs_argument(self.net.function, self.c["slope"])
        return ("z", f"zs[{t}]") if of_argument else ("h", now(self.c, t))

    def G(self, t):  # noqa: N802
        where = self.c["outward"]
        if where == "inline":
            return self.d.back(self.out, self.E(t))
        return f"outward[{t}]" if where == "list" else f"outward({t})"

    def ahead(self):
        """What is worked out before the recursion."""
        template = self.error if self.op == "-" else self.error.replace("o - g", "g - o")
        error = self.d.each(template, o="ys[t]", g=self.d.vector("y[t]"))
        slope = f"slope({self._slope_of('t')[1]})"
        outward = self.d.back(self.out, self.E("t"))
        return lines(
            {
                "function": f"def error(t):\n    return {error}",
                "list": f"errors = [{error} for t in range(T)]",
                "ahead_of_loops": f"errors = {{t: {error} for t in range(T)}}",
            }[self.c["error"]],
            f"slopes = [{slope} for t in range(T)]" if self.c["slope_at"] == "list" else "",
            {
                "inline": "",
                "list": f"outward = [{outward} for t in range(T)]",
                "function": f"def outward(t):\n    return {outward}",
            }[self.c["outward"]],
        )

    def hidden(self, t, weights=None):
        """Add the parts of step t that come from d_a."""
        if self.c["adding"].startswith("after"):
            return f"deltas_of[{t}] = d_a"
        parts = {
            self.net.into: self.d.outer("d_a", self.d.vector(f"x[{t}]")),
            self.net.recurrent: self.d.outer("d_a", before(self.c, t)),
            self.net.bias: LAYOUTS[self.d.name].as_bias.format(v="d_a"),
        }
        return lines(*(self.add(n, p) for n, p in parts.items() if n and n in (weights or parts)))

    def output(self, t):
        """Add the parts of step t that come from its output."""
        if self.c["adding"].startswith("after"):
            return ""
        bias = LAYOUTS[self.d.name].as_bias.format(v=self.E(t))
        return lines(
            self.add(self.net.out, self.d.outer(self.E(t), now(self.c, t))),
            self.add(self.net.bias_out, bias) if self.net.bias_out else "",
        )

    def add(self, name, part):
        """Add one part to one gradient."""
        op = self.op
        if self.lists:
            return {
                "dict": f"add_into(grads['{name}'], {part})",
                "parts_sum": f"parts['{name}'].append({part})",
                "each_step": f"step_down({name}, {part}, {'' if op == '-' else '-'}learning_rate)",
            }[self.c["adding"]]
        adding = self.c["adding"]
        if adding.startswith("parts"):
            return f"parts['{name}'].append({part})"
        return {
            "variables": f"d_{name} += {part}",
            "rebound": f"d_{name} = d_{name} + {part}",
            "dict": f"grads['{name}'] += {part}",
            "dict_rebound": f"grads['{name}'] = grads['{name}'] + {part}",
            "np_add": f"np.add(grads['{name}'], {part}, out=grads['{name}'])",
            "views": f"grads['{name}'] += {part}",
            "rate_inside": f"grads['{name}'] += learning_rate * ({part})",
            "each_step": f"{name}[...] {op}= learning_rate * ({part})",
        }[adding]

    def start(self):
        """What the parts are added to."""
        adding, names = self.c["adding"], self.net.weights
        if adding.startswith("after"):
            return "deltas_of = {}"
        if adding.startswith("parts"):
            return f"parts = {{name: [] for name in {tuple(names)}}}"
        if adding in {"variables", "rebound"}:
            return lines(*(f"d_{n} = np.zeros_like({n})" for n in names))
        if adding == "each_step":
            copy = "[list(row) for row in {}]" if self.lists else "{}.copy()"
            return lines(
                f"old_recurrent = {copy.format(self.net.recurrent)}",
                f"old_out = {copy.format(self.net.out)}",
            )
        if adding == "views":
            loop = "grads[name] = memory[at : at + W.size].reshape(W.shape)\nat += W.size"
            return lines(
                f"named = {{{', '.join(f'{n!r}: {n}' for n in names)}}}",
                "memory = np.zeros(sum(W.size for W in named.values()))",
                "grads, at = {}, 0",
                "for name, W in named.items():",
                block(loop),
            )
        zero = "[[0.0] * len({0}[0]) for _ in {0}]" if self.lists else "np.zeros({0}.shape)"
        return lines("grads = {}", *(f"grads['{n}'] = {zero.format(n)}" for n in names))

    def forward_parts(self):
        """Gradients carried along with the states: each step's derivatives by every weight."""
        net, W = self.net, self.recurrent
        bias = f"P_bias = s[:, None] * ({W} @ P_bias + eye)" if net.bias else ""
        body = lines(
            f"s, g = np.ravel({self.S('t')}), np.ravel({self.G('t')})",
            f"P_into = s[:, None, None] * (np.tensordot({W}, P_into, 1) + eye[:, :, None] * x[t])",
            f"P_recurrent = s[:, None, None] * (np.tensordot({W}, P_recurrent, 1) + eye[:, :, None] * np.ravel({before(self.c, 't')}))",
            bias,
            *(
                self.add(net.into, "np.tensordot(g, P_into, 1)"),
                self.add(net.recurrent, "np.tensordot(g, P_recurrent, 1)"),
                self.add(net.bias, "(g @ P_bias)[:, None]") if net.bias else "",
                self.output("t"),
            )
            if not (self.lists or self.c["adding"].startswith("after"))
            else (),
        )
        return lines(
            "eye = np.eye(H)",
            f"P_into, P_recurrent = np.zeros((H,) + {net.into}.shape), np.zeros((H, H, H))",
            "P_bias = np.zeros((H, H))" if net.bias else "",
            "for t in range(T):",
            block(body),
        )

    def finished(self):
        """Gradients from what was collected, if parts were not added at once."""
        if not self.c["adding"].startswith("after"):
            return ""
        series = {
            "D": "deltas_of[t]",
            "E": self.E("t"),
            "N": now(self.c, "t"),
            "P": before(self.c, "t"),
        }
        return afterwards.text(self.c["adding"], self.net, series)

    def result(self, name):
        """The gradient of a weight."""
        adding = self.c["adding"]
        if adding.startswith("parts"):
            how = "matrix_sum({parts})" if self.lists else SUMS[adding]
            return how.format(parts=f"parts['{name}']")
        return f"d_{name}" if adding in {"variables", "rebound"} else f"grads['{name}']"
