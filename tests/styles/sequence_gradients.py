"""How the gradients of a sequence of rnn_cell are added up, and its recursion backwards."""

from tests.styles import elementary, recursions
from tests.styles.cell import bias_sum
from tests.styles.compose import atom, lines

PARTS = {
    "parts_sum": "sum({})",
    "parts_np_sum": "np.sum({}, axis=0)",
    "parts_reduce": "functools.reduce(np.add, {})",
    "parts_pairwise": "pairwise({})",
    "parts_exact": "exact_sum({})",
    "parts_reversed": "sum(reversed({}))",
    "parts_long_double": "np.sum({}, axis=0, dtype=np.longdouble).astype(float)",
}
# Of D (T, n, m), what came before tanh, and X (T, k, m); rows are turned into these first.
AFTER = {
    "after_einsum": "np.einsum('tim,tjm->ij', {D}, {X})",
    "after_tensordot": "np.tensordot({D}, {X}, ((0, 2), (0, 2)))",
    "after_matmul": "(np.array({D}) @ np.array({X}).transpose(0, 2, 1)).sum(axis=0)",
    "after_flat": "np.concatenate(list({D}), axis=1) @ np.concatenate(list({X}), axis=1).T",
    "after_by_step": "sum(p @ q.T for p, q in zip({D}, {X}))",
}
STACKS = {
    "stack": "np.stack({}, axis=2)",
    "dstack": "np.dstack({})",
    "moveaxis": "np.moveaxis(np.array({}), 0, -1)",
    "transpose": "np.array({}).transpose(1, 2, 0)",
    "lists": "np.stack({}, axis=-1).tolist()",
    "filled": "filled({})",
}


def stack(c, parts):
    """The array over time (n, m, T) from a list (n, m)."""
    return STACKS[c["stacked"]].format(parts)


def start(c, zeros):
    """What parts are added to; zeros: the text of what each gradient is before."""
    if c["adding"].startswith("parts"):
        return f"parts = {{name: [] for name in {tuple(zeros)}}}"
    return lines("grads = {}", *(f"grads['{n}'] = {zero}" for n, zero in zeros.items()))


def add(c, name, part):
    """Add one part to one gradient."""
    way = c["adding"]
    if way.startswith("parts"):
        return f"parts['{name}'].append({part})"
    return {
        "dict": f"grads['{name}'] += {part}",
        "dict_rebound": f"grads['{name}'] = grads['{name}'] + {part}",
        "np_add": f"np.add(grads['{name}'], {part}, out=grads['{name}'])",
    }[way]


def gradient(c, name):
    """The gradient from its parts."""
    if c["adding"].startswith("parts"):
        return PARTS[c["adding"]].format(f"parts['{name}']")
    return f"grads['{name}']"


def results(c, dx, da0, others):
    """The dict of gradients."""
    pairs = ", ".join(f"'{n}': {v}" for n, v in {"dx": dx, "da0": da0, **others}.items())
    return f"{{{pairs}}}" if c["result"] != "call" else f"dict({{{pairs}}})"


class Backward:
    """The lines of RNN_backward with its own recursion, for one program."""

    def __init__(self, c, d):
        self.c, self.d = c, d
        self.turned = ".T" if c["layout"] == "rows" else ""
        self.after = c["adding"].startswith("after")

    def body(self):
        """What RNN_backward does once its caches are unpacked."""
        pieces = recursions.Pieces(
            d=self.d,
            recurrent="Waa",
            S=self.slope,
            G=lambda t: f"G[{t}]",
            acc=self.hidden,
            acc_out=lambda _: "",
            forward_parts=None,
            down=recursions.LOOPS[self.c["down"]],
            weights=("dWam", "dWaa", "dba", "dx"),
        )
        shapes = {
            "dWam": "np.zeros(Wam.shape)",
            "dWaa": "np.zeros(Waa.shape)",
            "dba": "np.zeros((H, 1))",
        }
        return lines(
            "T, m, H = da.shape[2], da.shape[1], da.shape[0]",
            f"G = [{self.d.vector('da[:, :, t]')} for t in range(T)]",
            "deltas_of = {}"
            if self.after
            else lines("dx = np.zeros(x.shape)\nda0 = np.zeros((H, m))", start(self.c, shapes)),
            recursions.text(self.c["recursion"], pieces),
            self.finish(),
        )

    def slope(self, t):
        if elementary.needs_argument("tanh", self.c["slope"]):
            return f"slope(zs[{t}])"
        return f"slope(hs[{t} + 1])"

    def hidden(self, t, weights=None):
        """Add the parts of step t that come from d_a."""
        if self.after:
            return f"deltas_of[{t}] = d_a"
        parts = {
            "dWam": self.d.outer("d_a", self.d.vector(f"x[:, :, {t}]")),
            "dWaa": self.d.outer("d_a", f"hs[{t}]"),
            "dba": bias_sum(self.c, "d_a"),
        }
        lines_ = [add(self.c, n, p) for n, p in parts.items() if n in (weights or parts)]
        if not weights or "dx" in weights:
            lines_.append(f"dx[:, :, {t}] += ({self.d.back('Wam', 'd_a')}){self.turned}")
            lines_.append(
                f"if {t} == 0:\n    da0[...] += ({self.d.back('Waa', 'd_a')}){self.turned}"
            )
        return lines(*lines_)

    def finish(self):
        """Gradients from what was added or collected."""
        names = ("dWam", "dWaa", "dba")
        if not self.after:
            return "return " + results(self.c, "dx", "da0", {n: gradient(self.c, n) for n in names})
        product = AFTER[self.c["adding"]]
        whole = stack(self.c, f"[({self.d.back('Wam', 'd_a')}){self.turned} for d_a in D_in]")
        bias = atom(product.format(D="D", X="np.ones((T, 1, m))"))
        return lines(
            "D_in = [deltas_of[t] for t in range(T)]",
            f"D, X = [d{self.turned} for d in D_in], [x[:, :, t] for t in range(T)]",
            f"before = [h{self.turned} for h in hs[:-1]]",
            f"d_a = D_in[0]\nda0 = ({self.d.back('Waa', 'd_a')}){self.turned}",
            "return "
            + results(
                self.c,
                whole,
                "da0",
                {
                    "dWam": product.format(D="D", X="X"),
                    "dWaa": product.format(D="D", X="before"),
                    "dba": bias,
                },
            ),
        )
