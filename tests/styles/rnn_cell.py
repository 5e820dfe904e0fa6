"""Styles of rnn_cell."""

import textwrap

from tests.styles import cell, elementary, sequence
from tests.styles.compose import block, lines, renamed
from tests.styles.helpers import assembled
from tests.styles.products import LAYOUTS, Dialect

LAYOUT_NAMES = ("columns", "rows")
WAYS = tuple(dict.fromkeys(way for name in LAYOUT_NAMES for way in LAYOUTS[name].ways))
NAMES = {
    "statement": {},
    "course": {"x_t": "xt", "a_former": "a_prev", "a_now": "a_next", "dz": "dtanh", "y_now": "yt_pred", "hs": "a_list", "zs": "z_list", "m": "batch"},
    "letters": {"z": "u", "dz": "g", "hs": "S", "zs": "U", "carried": "c_", "d_a": "q", "y_now": "p_now"},
    "chinese": {"z": "线性", "dz": "梯度", "hs": "状态", "carried": "传回"},
}  # fmt: skip
AXES = {
    "layout": LAYOUT_NAMES,
    "times": WAYS,
    "back": WAYS,
    "outer": WAYS,
    "spelling": ("first", "second", "third"),
    "function": tuple(elementary.TANH),
    "slope": tuple(elementary.TANH_SLOPE),
    "softmax": tuple(elementary.SOFTMAX),
    "sum": ("input_first", "state_first", "bias_first", "in_place", "joined", "grouped"),
    **cell.AXES,
    **sequence.AXES,
    "names": tuple(NAMES),
}
RARE = {"exact": 0.3, "loops": 0.3, "math_by_number": 0.4, "math_vectorised": 0.5}


def options(axis, c):
    """What an axis can be after the layout was chosen."""
    if axis in {"times", "back", "outer"}:
        return LAYOUTS[c["layout"]].ways
    return sequence.options(axis, c) or AXES[axis]


def fits(c):
    """Whether the choices can be combined."""
    return sequence.fits(c)


def dialect_of(c):
    """The dialect that the choices name."""
    spelling = AXES["spelling"].index(c["spelling"])
    return Dialect(c["layout"], c["times"], c["back"], c["outer"], spelling)


def source(c):
    """The program."""
    d = dialect_of(c)
    body = textwrap.dedent(elementary.SOFTMAX[c["softmax"]].replace("; ", "\n"))
    softmax = f"def softmax(v):\n{block(body)}\n"
    slope = elementary.slope_text("tanh", c["slope"])
    functions = lines(elementary.function_text("tanh", c["function"]), "\n", slope)
    parts = [cell.CLASSES.get(c["cache"], ""), softmax, cell.text(c, d), sequence.text(c, d)]
    text = "\n\n".join(part for part in parts if part)
    return renamed(assembled(functions, text), NAMES[c["names"]])
