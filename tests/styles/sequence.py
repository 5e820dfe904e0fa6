"""Ways to write RNN_forward and RNN_backward of rnn_cell."""

from tests.styles import recursions
from tests.styles.cell import argument_lines, fetched
from tests.styles.compose import block, lines, words
from tests.styles.sequence_gradients import (
    AFTER,
    PARTS,
    STACKS,
    Backward,
    add,
    gradient,
    results,
    stack,
    start,
)

OWN = tuple(way for way in recursions.WAYS if way not in {"jacobians", "forward_mode", "blocks"})
AXES = {
    "sequence": ("cells", "cells_and_x", "own", "own_projected"),
    "recursion": OWN,
    "down": tuple(recursions.LOOPS),
    "adding": ("dict", "dict_rebound", "np_add", *PARTS, *AFTER),
    "stacked": tuple(STACKS),
    "all_outputs": ("each", "together"),
}


OF_CELLS = {
    "recursion": ("carry_d_h",),
    "adding": ("dict_rebound", *PARTS),
    "all_outputs": ("each",),
}


def options(axis, c):
    """What an axis can be where the functions for one step are used; None if it is free."""
    return OF_CELLS.get(axis) if c.get("sequence", "").startswith("cells") else None


def fits(c):
    """Whether the choices can be combined."""
    repeated = c["recursion"] in recursions.REPEATED
    return not (repeated and c["adding"].startswith("after"))


def text(c, d):
    """RNN_forward and RNN_backward."""
    forward, backward = (cells if c["sequence"].startswith("cells") else own)(c, d)
    filled = ""
    if c["stacked"] == "filled":
        loop = "for t, part in enumerate(parts):\n    whole[:, :, t] = part"
        body = lines("whole = np.empty(parts[0].shape + (len(parts),))", loop, "return whole")
        filled = f"def filled(parts):\n{block(body)}\n\n\n"
    return (
        f"{filled}def RNN_forward(x, a0, parameters):\n{block(forward)}\n\n\n"
        f"def RNN_backward(da, caches):\n{block(backward)}\n"
    )


def returned(c, *values):
    """What RNN_forward returns."""
    joined = ", ".join(values)
    return f"return [{joined}]" if c["triple"] == "list" else f"return {joined}"


def cells(c, _d):
    """By the functions for one step."""
    step = lines(
        "a_t, y_t, cache = rnn_Cell(x[:, :, t], a_t, parameters)",
        "caches.append(cache)",
        "a.append(a_t)",
        "y.append(y_t)",
    )
    both = c["sequence"] == "cells_and_x"
    forward = lines(
        "caches, a, y, a_t = [], [], [], a0",
        "for t in range(x.shape[2]):",
        block(step),
        returned(c, "(caches, x)" if both else "caches", stack(c, "a"), stack(c, "y")),
    )
    names = ("dWam", "dWaa", "dba")
    body = lines(
        "found = rnn_cell_backward(da[:, :, t] + carried, caches[t])",
        "carried = found['da_former']",
        "dx[t] = found['dx_t']",
        *(add(c, n, f"found['{n}']") for n in names),
    )
    backward = lines(
        "caches, x = caches" if both else "",
        "T, dx, carried = da.shape[2], {}, 0.0",
        start(c, {"dWam": "0.0", "dWaa": "0.0", "dba": "0.0"}),
        recursions.LOOPS[c["down"]],
        block(body),
        f"dx = {stack(c, '[dx[t] for t in range(T)]')}",
        "return " + results(c, "dx", "carried", {n: gradient(c, n) for n in names}),
    )
    return forward, backward


def own(c, d):
    """By loops of its own over the whole sequence."""
    turned = ".T" if c["layout"] == "rows" else ""
    project = lines(argument_lines(c, d))
    ahead = ""
    x_i = f"x_i = {d.vector('x[:, :, t]')}"
    if c["sequence"] == "own_projected":
        ahead = f"projected = [{d.times('Wam', 'row')} for row in [{d.vector('x[:, :, t]')} for t in range(T)]]"
        bias = d.bias("ba")
        project = f"z = {words('p + q + b', p='projected[t]', q=d.times('Waa', 'a_i'), b=bias)}"
        x_i = ""
    scores = words("p + b", p=d.times("Wya", "h"), b=d.bias("by"))
    step = lines(x_i, project, "h = tanh(z)", "zs.append(z)", "hs.append(h)", "a_i = h")
    outputs = f"y = [softmax(({scores}){turned}) for h in hs[1:]]"
    if c["all_outputs"] == "together":
        outputs = lines(
            f"scores = np.concatenate([({scores}){turned} for h in hs[1:]], axis=1)",
            "y = np.split(softmax(scores), T, axis=1)",
        )
    made = lines(
        "T = x.shape[2]",
        ahead,
        f"hs, zs, a_i = [{d.vector('a0')}], [], {d.vector('a0')}",
        "for t in range(T):",
        block(step),
        outputs,
        f"a = [h{turned} for h in hs[1:]]",
    )
    forward = lines(
        fetched(c, made),
        "x, parameters = x.copy(), {k: v.copy() for k, v in parameters.items()}"
        if c["held"] == "copies"
        else "",
        returned(c, "(hs, zs, x, parameters)", stack(c, "a"), stack(c, "y")),
    )
    body = Backward(c, d).body()
    return forward, lines("hs, zs, x, parameters = caches", fetched(c, body))
