"""How the gradient of the states is carried back through time: one template a way.

Each takes the pieces that it combines and returns lines. S(t) is the slope at step t, G(t) what
the step's own output hands to its state, acc the lines that add a step's part to the gradients.
"""

from dataclasses import dataclass

from tests.styles.compose import atom, block, lines
from tests.styles.products import LAYOUTS, Dialect

WAYS = (
    "carry_d_h",
    "carry_delta",
    "memo",
    "halves",
    "generator",
    "pullbacks",
    "each_loss",
    "lags",
    "jacobians",
    "forward_mode",
    "sweep_for_each_weight",
    "adjoint_list",
    "blocks",
)
NESTED = {"halves", "pullbacks"}  # they add parts within a function of their own
REPEATED = {"each_loss", "forward_mode", "sweep_for_each_weight"}  # not one part for each step
ARRAYS = {"lags", "jacobians", "forward_mode", "blocks"}
LOOPS = {
    "reversed": "for t in reversed(range(T)):",
    "downwards": "for t in range(T - 1, -1, -1):",
    "slice": "for t in list(range(T))[::-1]:",
}


@dataclass(frozen=True)
class Pieces:
    """What the ways combine. The functions take the text of a step."""

    d: Dialect
    recurrent: str
    S: object
    G: object
    acc: object  # (t, weights or None) -> lines that use d_a
    acc_out: object  # t -> lines for the weights of the output
    forward_parts: object  # lines of forward mode
    down: str
    weights: tuple

    def delta(self, t, carried):
        """The gradient before the function, from what is carried to the state."""
        return self.d.each("s * (g + c)", s=self.S(t), g=self.G(t), c=carried)

    @property
    def carry(self):
        return self.d.back(self.recurrent, "d_a")

    @property
    def nothing(self):
        return self.d.zeros("H")


def text(way, p):
    """The lines of that way."""
    return globals()[way](p)


def carry_d_h(p):
    summed = p.d.each("g + c", g=p.G("t"), c="carried")
    slope = p.d.each("s * d", s=p.S("t"), d="d_h")
    body = lines(
        f"d_h = {summed}", f"d_a = {slope}", p.acc("t"), p.acc_out("t"), f"carried = {p.carry}"
    )
    return lines(f"carried = {p.nothing}", p.down, block(body))


def carry_delta(p):
    body = lines(f"d_a = {p.delta('t', p.carry)}", p.acc("t"), p.acc_out("t"))
    return lines(f"d_a = {p.nothing}", p.down, block(body))


def memo(p):
    later = p.d.back(p.recurrent, "delta(t + 1)")
    body = f"""
if t == T:
    return {p.nothing}
if t not in deltas:
    deltas[t] = {p.delta("t", later)}
return deltas[t]
"""
    loop = lines("d_a = delta(t)", p.acc("t"), p.acc_out("t"))
    return lines("deltas = {}", "def delta(t):", block(body), "for t in range(T):", block(loop))


def halves(p):
    one = lines(
        "t = first",
        f"d_a = {p.delta('t', 'carried')}",
        p.acc("t"),
        p.acc_out("t"),
        f"return {p.carry}",
    )
    body = lines(
        "if last - first == 1:",
        block(one),
        "middle = (first + last) // 2",
        "return sweep(first, middle, sweep(middle, last, carried))",
    )
    return lines("def sweep(first, last, carried):", block(body), f"sweep(0, T, {p.nothing})")


def generator(p):
    inner = lines(f"d_a = {p.delta('t', 'carried')}", "yield t, d_a", f"carried = {p.carry}")
    body = lines(f"carried = {p.nothing}", p.down, block(inner))
    loop = lines(p.acc("t"), p.acc_out("t"))
    return lines("def deltas():", block(body), "for t, d_a in deltas():", block(loop))


def pullbacks(p):
    slope = p.d.each("s * d", s=p.S("t"), d="d_h")
    inner = lines(f"d_a = {slope}", p.acc("t"), f"return {p.carry}")
    record = lines("def pullback(d_h, t=t):", block(inner), p.acc_out("t"), "tape.append(pullback)")
    summed = p.d.each("g + c", g=p.G("t"), c="carried")
    play = lines("t = len(tape) - 1", f"carried = tape.pop()({summed})")
    return lines(
        "tape = []",
        "for t in range(T):",
        block(record),
        f"carried = {p.nothing}",
        "while tape:",
        block(play),
    )


def each_loss(p):
    slope = p.d.each("s * d", s=p.S("t"), d="d_h")
    inner = lines(f"d_a = {slope}", p.acc("t"), f"d_h = {p.carry}")
    body = lines(
        p.acc_out("last"), f"d_h = {p.G('last')}", "for t in range(last, -1, -1):", block(inner)
    )
    return lines("for last in range(T):", block(body))


def lags(p):
    later = LAYOUTS[p.d.name].in_all.format(W=p.recurrent, all="term[1:]")
    step = lines(f"term = S_all[: T - lag] * ({later})", "total[: T - lag] += term")
    use = lines("d_a = total[t]", p.acc("t"), p.acc_out("t"))
    return lines(
        f"S_all = np.array([{p.S('t')} for t in range(T)])",
        f"term = S_all * np.array([{p.G('t')} for t in range(T)])",
        "total = term.copy()",
        "for lag in range(1, T):",
        block(step),
        "for t in range(T):",
        block(use),
    )


def jacobians(p):
    column = LAYOUTS[p.d.name].as_column.format(v=atom(p.S("last")))
    step = lines(
        f"through = ({column} * {p.recurrent}) @ through",
        f"d_h = d_h + {p.d.back('through', p.G('last'))}",
    )
    use = lines(
        "through = np.eye(H)",
        f"d_h = {p.G('t')}",
        "for last in range(t + 1, T):",
        block(step),
        f"d_a = {atom(p.S('t'))} * d_h",
        p.acc("t"),
        p.acc_out("t"),
    )
    return lines("for t in range(T):", block(use))


def forward_mode(p):
    return p.forward_parts()


def sweep_for_each_weight(p):
    sweeps = []
    for name in p.weights:
        body = lines(f"d_a = {p.delta('t', p.carry)}", p.acc("t", (name,)))
        sweeps.append(lines(f"d_a = {p.nothing}", p.down, block(body)))
    outputs = p.acc_out("t")
    return lines(*sweeps, lines("for t in range(T):", block(outputs)) if outputs else "")


def adjoint_list(p):
    step = f"adjoints.append({p.d.each('g + c', g=p.G('t - 1'), c=p.d.back(p.recurrent, 'd_a'))})"
    slope = p.d.each("s * d", s=p.S("t"), d="adjoints[-1]")
    body = lines(f"d_a = {slope}", p.acc("t"), p.acc_out("t"), "if t > 0:", block(step))
    return lines(f"adjoints = [{p.G('T - 1')}]", p.down, block(body))


def blocks(p):
    fill = f"""
g[t * H : (t + 1) * H] = np.ravel({p.G("t")})
s[t * H : (t + 1) * H] = np.ravel({p.S("t")})
if t + 1 < T:
    across[t * H : (t + 1) * H, (t + 1) * H : (t + 2) * H] = {p.recurrent}.T
"""
    use = lines(f"d_a = total[t].reshape({p.nothing}.shape)", p.acc("t"), p.acc_out("t"))
    return lines(
        "across, g, s = np.zeros((T * H, T * H)), np.zeros(T * H), np.zeros(T * H)",
        "for t in range(T):",
        block(fill),
        "total = s * g",
        "for _ in range(T - 1):",
        block("total = s * (g + across @ total)"),
        "total = total.reshape(T, H)",
        "for t in range(T):",
        block(use),
    )
