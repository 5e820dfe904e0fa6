"""How vectors lie in memory, and how products with them are written, as templates.

A layout says what a vector is: a column (n, 1), a flat array (n,), a row (1, n) or a plain list; or
what a batch of m vectors is: columns (n, m) or rows (m, n).
"""

from dataclasses import dataclass

from tests.styles.compose import atom, words
from tests.styles.ways import BY_COLUMN, BY_COLUMNS, BY_FLAT, BY_LIST, BY_ROW, BY_ROWS


@dataclass(frozen=True)
class Layout:
    """What a vector is, and the templates to make, read and multiply vectors."""

    ways: dict  # name -> (times, back, outer)
    of_row: tuple  # a vector from the row of an array
    of_bias: tuple  # a vector from a bias (n, 1)
    as_bias: str  # a bias's gradient (n, 1) from a vector
    zeros: tuple
    returned: tuple  # outputs (T, O, 1) from the list of vectors
    series: str  # the shape of an array of vectors over time
    in_all: str  # W^T v for an array of vectors over time
    as_column: str  # a vector as (n, 1)


LAYOUTS = {
    "column": Layout(
        BY_COLUMN,
        (
            "{row}[:, None]",
            "{row}.reshape(-1, 1)",
            "np.array([{row}]).T",
            "{row}[:, np.newaxis]",
            "np.expand_dims({row}, 1)",
        ),
        ("{b}",),
        "{v}",
        (
            "np.zeros(({n}, 1))",
            "np.zeros(shape=({n}, 1), dtype=np.float64)",
            "np.full(({n}, 1), 0.0)",
        ),
        ("np.array({ys})", "{ys}", "np.stack({ys})", "np.asarray([v.tolist() for v in {ys}])"),
        "({count}, {n}, 1)",
        "{W}.T @ {all}",
        "{v}",
    ),
    "flat": Layout(
        BY_FLAT,
        ("{row}", "{row}.copy()", "np.array({row})"),
        ("{b}[:, 0]", "{b}.ravel()", "{b}.flatten()", "{b}.reshape(-1)", "np.squeeze({b}, 1)"),
        "{v}[:, None]",
        ("np.zeros({n})", "np.zeros(({n},))", "np.array([0.0] * {n})"),
        (
            "np.array({ys})[:, :, None]",
            "[v[:, None] for v in {ys}]",
            "np.stack({ys})[..., np.newaxis]",
            "np.vstack({ys}).reshape(len({ys}), -1, 1)",
        ),
        "({count}, {n})",
        "{all} @ {W}",
        "{v}[:, None]",
    ),
    "row": Layout(
        BY_ROW,
        ("{row}[None]", "{row}.reshape(1, -1)", "np.atleast_2d({row})", "np.array([{row}])"),
        ("{b}.T", "{b}.reshape(1, -1)"),
        "{v}.T",
        ("np.zeros((1, {n}))", "np.zeros((1, {n}), float)"),
        (
            "np.array({ys}).transpose(0, 2, 1)",
            "[v.T for v in {ys}]",
            "np.swapaxes(np.stack({ys}), 1, 2)",
        ),
        "({count}, 1, {n})",
        "{all} @ {W}",
        "{v}.T",
    ),
    "list": Layout(
        BY_LIST,
        ("[float(s) for s in {row}]", "{row}.tolist()", "list(map(float, {row}))"),
        ("[float(r[0]) for r in {b}]", "[s for r in {b} for s in r]"),
        "[[s] for s in {v}]",
        ("[0.0] * {n}", "[0.0 for _ in range({n})]"),
        ("[[[s] for s in v] for v in {ys}]", "np.array({ys})[:, :, None]"),
        "",
        "",
        "",
    ),
    "columns": Layout(
        BY_COLUMNS,
        ("{row}", "{row}.copy()", "np.ascontiguousarray({row})"),
        ("{b}",),
        "{v}.sum(axis=1, keepdims=True)",
        ("np.zeros(({n}, m))", "np.zeros([{n}, m], dtype=float)"),
        ("{ys}",),
        "({count}, {n}, m)",
        "{W}.T @ {all}",
        "{v}",
    ),
    "rows": Layout(
        BY_ROWS,
        ("{row}.T", "np.transpose({row})", "{row}.T.copy()"),
        ("{b}.T", "{b}[:, 0]", "{b}.ravel()"),
        "{v}.sum(axis=0)[:, None]",
        ("np.zeros((m, {n}))", "np.zeros([m, {n}], dtype=float)"),
        ("{ys}.T",),
        "({count}, m, {n})",
        "{all} @ {W}",
        "{v}",
    ),
}


@dataclass(frozen=True)
class Dialect:
    """One way to write vectors and each of the three products."""

    name: str
    times_way: str
    back_way: str
    outer_way: str
    spelling: int = 0  # which of the spellings of a vector, a bias, zeros
    cached: tuple = ()  # the matrices whose transposes are there as NAME_turned

    @property
    def layout(self):
        return LAYOUTS[self.name]

    def times(self, W, v):
        """W v."""
        return self.layout.ways[self.times_way][0].format(W=atom(W), v=atom(v))

    def back(self, W, v):
        """W^T v."""
        if W in self.cached:
            return self.times(f"{W}_turned", v)
        return self.layout.ways[self.back_way][1].format(W=atom(W), v=atom(v))

    def outer(self, a, b):
        """a b^T."""
        return self.layout.ways[self.outer_way][2].format(a=atom(a), b=atom(b))

    def vector(self, row):
        return self._spelled(self.layout.of_row, row=row)

    def bias(self, b):
        return self._spelled(self.layout.of_bias, b=b)

    def zeros(self, n):
        return self._spelled(self.layout.zeros, n=n)

    def each(self, template, **vectors):
        """The formula for every element; `vectors` are the texts of its letters."""
        if self.name != "list":
            return words(template, **vectors)
        if len(vectors) == 1:
            ((letter, text),) = vectors.items()
            return f"[{template} for {letter} in {text}]"
        return f"[{template} for {', '.join(vectors)} in zip({', '.join(vectors.values())})]"

    def _spelled(self, templates, **parts):
        return templates[self.spelling % len(templates)].format(**parts)
