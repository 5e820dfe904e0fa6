"""The findings as one screen of text, or as one object."""

import textwrap
from dataclasses import asdict
from typing import Any

from grader.sandbox.doctor.isolation import ABOUT, Isolation, Layer, meaning

WIDTH = 100  # of files and pipes
Row = tuple[str, str]  # what stands at the left, and beside it
INDENT = " " * 9  # before the rest of what is found


def as_data(
    isolation: Isolation, settings: dict[str, str], lacking: dict[str, list[str]]
) -> dict[str, Any]:
    """Return everything as one object for JSON."""
    layers = [
        {**asdict(layer), "stops": ABOUT[layer.name][0], "how_to_get": ABOUT[layer.name][1]}
        for layer in isolation.layers
    ]
    return {
        "fit_for": "untrusted code" if isolation.fit else "trusted code only",
        "error": isolation.error,
        "layers": layers,
        "through_all_layers": list(isolation.through),
        "holes": list(isolation.holes),
        "reference_hidden": isolation.reference_hidden,
        "reproducibility": settings,
        "missing_files": lacking,
    }


def as_text(
    isolation: Isolation,
    settings: dict[str, str],
    lacking: dict[str, list[str]],
    columns: int = WIDTH,
) -> str:
    """Return the screen, for a terminal of so many columns."""
    rows = [("", "Isolation: every layer alone in a worker that tries what it forbids")]
    for layer in isolation.layers:
        rows += _layer(layer)
    rows += _together(isolation)
    rows += [("", ""), ("", "Reproducibility")]
    rows += [(f"  {name:<26}", value) for name, value in settings.items()]
    rows += [("", ""), ("", "Files: missing" if lacking else "Files: complete")]
    rows += [(INDENT, f"{name}: {', '.join(files)}") for name, files in lacking.items()]
    rows += [("", ""), *(("HOLE: ", hole) for hole in isolation.holes)] if isolation.holes else []
    verdict = "untrusted code" if isolation.fit else "TRUSTED CODE ONLY"
    rows += [("", ""), ("", f"This machine is fit for {verdict}.")]
    return "\n".join(line for head, text in rows for line in _wrapped(head, text, columns))


def _layer(layer: Layer) -> list[Row]:
    stops, get = ABOUT[layer.name]
    tried = len(layer.refused) + len(layer.through)
    if not layer.missing and not layer.through:
        proof = f"refused {tried} of {tried}" if tried else "nothing to take away here"
        return [(f"  {'yes':<7}{layer.name:<13}{proof:<18}", f"stops {stops}")]
    if layer.missing:
        head, found = "NO", layer.missing
    else:
        words = meaning()
        got = ", ".join(words[a] for a in layer.through)
        head, found = "PARTLY", f"refused {len(layer.refused)} of {tried}; not: {got}"
    return [
        (f"  {head:<7}", f"{layer.name:<13}{found}"),
        (INDENT, f"without it: {stops}"),
        (INDENT, f"to get it: {get}"),
    ]


def _together(isolation: Isolation) -> list[Row]:
    if isolation.error:
        return [("  NO     ", f"nothing could be tried: {isolation.error}")]
    words = meaning()
    got = "; ".join(words[a] for a in isolation.through)
    hidden = {
        True: "not readable from a worker",
        False: "READABLE from a worker",
        None: "not on this machine",
    }
    return [
        (
            "All layers together: ",
            f"what still gets through: {got}" if got else "nothing gets through",
        ),
        ("The references: ", hidden[isolation.reference_hidden]),
    ]


def _wrapped(head: str, text: str, columns: int) -> list[str]:
    """Return what stands beside the head, below each other where it does not fit."""
    return textwrap.wrap(text, columns, initial_indent=head, subsequent_indent=" " * len(head)) or [
        head
    ]
