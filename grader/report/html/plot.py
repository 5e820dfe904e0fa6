"""Plots as inline SVG that follows the page's theme: drawn by Matplotlib, cleaned for the page.

A page forbids style attributes, so they become attributes of their own; black becomes the colour
of the text around, and ids are made the plot's own, since a page holds several.
"""

import contextlib
import io
import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from grader.report.html.grid import Floats

with contextlib.chdir(Path(__file__).parent):  # a matplotlibrc where one works would be obeyed
    import matplotlib as mpl
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.colors import BoundaryNorm, ListedColormap
    from matplotlib.figure import Figure

STYLE = {
    "svg.fonttype": "none",  # text stays text: small, searchable, in the page's font
    "svg.hashsalt": "rnn-judge",
    "font.size": 11,
    "axes.linewidth": 0.8,
}
CELL = 26  # points
ANNOTATED = 15  # columns up to which a number fits into every cell
WIDE_CELL = 46
MOST_TICKS = 16
TICK = 12  # points that a label needs
LETTER = 6.5  # points that a letter of it is wide
MOST_COLOURS = 8
DARK, LIGHT = "#010101", "#fefefe"  # not black itself, which would follow the theme
EVEN = 0.179  # the luminance on which both have the same contrast, above 4.5


@contextlib.contextmanager
def _style() -> Iterator[None]:
    """Draw as told here, whatever the user's own settings are."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        yield


class Labels(NamedTuple):
    """What stands beside the rows and below the columns of a map, and the names of both axes."""

    rows: Sequence[str]
    columns: Sequence[str]
    rows_name: str = ""
    columns_name: str = ""


@_style()
def heat_map(
    name: str,
    errors: Floats,
    wrong: NDArray[np.bool_],
    labels: Labels,
    title: str,
    spans: Sequence[tuple[int, int]] = (),
) -> Markup:
    """Return the errors that matter as coloured cells; what is right stays hollow.

    spans: from where to where each row has cells, if not all along.
    """
    rows, columns = errors.shape
    annotated = columns <= ANNOTATED
    wide = WIDE_CELL if annotated else max(8, min(CELL, 720 // columns))
    high = CELL if annotated else max(TICK, min(CELL, wide))
    left = LETTER * max(map(len, labels.rows)) + 36
    figure = Figure((_inches(left + wide * columns + 94), _inches(high * rows + 62)), dpi=72)
    axes = figure.add_axes(_place(figure, left, wide * columns, high * rows))
    shown = np.ma.masked_array(errors, ~wrong | ~np.isfinite(errors) | (errors <= 0))
    _cells(figure, axes, shown)
    _outline(axes, spans or [(0, columns)] * rows)
    for row, column in np.argwhere(wrong):
        error = errors[row, column]
        if annotated or not np.isfinite(error):
            text = f"{error:.0e}".replace("e-0", "e-").replace("e+0", "e+") if annotated else "×"
            colour = _on(axes, error)
            axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", color=colour, size=9)
    _ticks(axes.set_xticks, labels.columns, MOST_TICKS if annotated else MOST_TICKS // 2)
    _ticks(axes.set_yticks, labels.rows, max(1, high * rows // TICK))
    axes.set_xlabel(labels.columns_name)
    axes.set_ylabel(labels.rows_name)
    axes.invert_yaxis()
    return _inline(figure, name, title)


def _inches(points: float) -> float:
    return points / 72


def _place(
    figure: Figure, left: float, wide: float, high: float
) -> tuple[float, float, float, float]:
    width, height = figure.get_size_inches() * 72
    return left / width, 44 / height, wide / width, high / height


def _cells(figure: Figure, axes: Axes, shown: np.ma.MaskedArray) -> None:
    """Draw one colour for each decade of the error, and a scale that says which."""
    rows, columns = shown.shape
    axes.set(xlim=(0, columns), ylim=(0, rows))
    if shown.count() == 0:
        return
    powers = np.ma.log10(shown)  # of values themselves a library for drawing makes what overflows
    low, high = math.floor(powers.min()), math.ceil(powers.max())
    step = max(1, math.ceil((max(high, low + 1) - low) / MOST_COLOURS))
    decades = list(range(low, max(high, low + 1) + step, step))
    if decades[-2] >= high > low:
        decades.pop()
    colours = mpl.colormaps["plasma"](np.linspace(0.25, 0.95, len(decades) - 1))
    norm = BoundaryNorm(decades, len(colours))
    mesh = axes.pcolormesh(powers, cmap=ListedColormap(list(map(tuple, colours))), norm=norm)
    width, height = figure.get_size_inches() * 72
    box = axes.get_position()
    beside = figure.add_axes(
        (box.x1 + 14 / width, box.y0, 11 / width, max(box.height, 40 / height))
    )
    fitting = max(1, int(beside.get_position().height * height / TICK))
    every = math.ceil((len(decades) - 1) / fitting)
    scale = figure.colorbar(mesh, cax=beside, ticks=decades[::every])
    scale.ax.set_yticklabels([f"1e{d}" for d in decades[::every]])
    scale.ax.minorticks_off()


def _outline(axes: Axes, spans: Sequence[tuple[int, int]]) -> None:
    """Draw the cells of each row; rows alike that follow each other share their lines."""
    axes.spines[:].set_visible(False)
    row = 0
    for (start, end), alike in itertools.groupby(spans):
        below = row + len(list(alike))
        axes.hlines(range(row, below + 1), start, end, colors="black", linewidth=0.4)
        axes.vlines(range(start, end + 1), row, below, colors="black", linewidth=0.4)
        row = below


def _on(axes: Axes, error: float) -> str:
    """Return the colour of a text that is read on the cell of that error."""
    if not 0 < error < np.inf or not axes.collections:
        return "black"
    cell = np.asarray(axes.collections[0].to_rgba(np.log10(error))[:3])
    linear = np.where(cell <= 0.04045, cell / 12.92, ((cell + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ (0.2126, 0.7152, 0.0722))
    return DARK if luminance > EVEN else LIGHT


def _ticks(put: Callable[..., object], labels: Sequence[str], most: int) -> None:
    every = max(1, math.ceil(len(labels) / most))
    chosen = range(0, len(labels), every)
    put([n + 0.5 for n in chosen], [labels[n] for n in chosen])


def _inline(figure: Figure, name: str, title: str) -> Markup:
    """Return a figure as an <svg> element whose ids begin with name."""
    figure.patch.set_visible(False)
    for axes in figure.axes:
        axes.patch.set_visible(False)
    file = io.StringIO()
    FigureCanvasSVG(figure).print_svg(file, metadata={"Date": None})
    root = ET.fromstring(file.getvalue())  # noqa: S314  # what was drawn here
    plain = _plain(root, name)
    width, height = (float(v) for v in plain.get("viewBox", "").split()[2:])
    plain.attrib.update({"width": f"{width:g}", "height": f"{height:g}", "role": "img"})
    plain.set("aria-labelledby", f"{name}-title")
    label = ET.Element("title", id=f"{name}-title")
    label.text = title
    plain.insert(0, label)
    return Markup(ET.tostring(plain, encoding="unicode"))  # noqa: S704  # serialised, so escaped


def _plain(element: ET.Element, name: str) -> ET.Element:
    """Return the element without namespaces, styles, metadata, empty groups and foreign ids."""
    found = ET.Element(_local(element.tag))
    for key, value in element.attrib.items():
        _attribute(found, _local(key), value, name)
    if found.tag == "text" and "fill" not in found.attrib:
        found.set("fill", "currentColor")
    found.text = element.text if found.tag == "text" else None
    for child in element:
        if _local(child.tag) not in ("metadata", "style"):
            found.append(_plain(child, name))
    return found


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(found: ET.Element, key: str, value: str, name: str) -> None:
    if key == "style":
        for part in value.split(";"):
            style, _, set_to = part.partition(":")
            _attribute(found, style.strip(), set_to.strip(), name)
    elif key == "font":
        size = re.search(r"([\d.]+)px", value)
        found.set("font-size", size[1] if size else "10")
    elif key == "id":
        found.set("id", f"{name}-{value}")
    elif key and key not in ("font-family", "version"):
        linked = re.sub(r"(^|url\()#", rf"\1#{name}-", value) if "#" in value else value
        is_colour = key in ("fill", "stroke", "color")
        black = is_colour and value in ("#000000", "black")
        found.set(key, "currentColor" if black else value if is_colour else linked)
