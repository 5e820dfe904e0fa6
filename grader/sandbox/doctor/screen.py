"""The findings as one screen of text, or as one object."""

import textwrap
from dataclasses import asdict
from typing import Any

from grader.sandbox.doctor.isolation import ABOUT, Isolation, Layer, meaning

WIDTH = 100


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


def as_text(isolation: Isolation, settings: dict[str, str], lacking: dict[str, list[str]]) -> str:
    """Return the screen."""
    lines = ["Isolation: every layer alone in a worker that tries what it forbids"]
    for layer in isolation.layers:
        lines += _layer(layer)
    lines += _together(isolation)
    lines += ["", "Reproducibility"]
    lines += [f"  {name:<26}{value}" for name, value in settings.items()]
    lines += ["", "Files: complete" if not lacking else "Files: missing"]
    for name, files in lacking.items():
        lines += _wrapped(f"{name}: {', '.join(files)}")
    verdict = "untrusted code" if isolation.fit else "TRUSTED CODE ONLY"
    lines += ["", *(f"HOLE: {hole}" for hole in isolation.holes)] if isolation.holes else []
    return "\n".join([*lines, "", f"This machine is fit for {verdict}."])


def _layer(layer: Layer) -> list[str]:
    stops, get = ABOUT[layer.name]
    tried = len(layer.refused) + len(layer.through)
    if not layer.missing and not layer.through:
        proof = f"refused {tried} of {tried}" if tried else "nothing to take away here"
        return [f"  {'yes':<7}{layer.name:<13}{proof:<18}stops {stops}"[:WIDTH]]
    if layer.missing:
        head = f"  {'NO':<7}{layer.name:<13}{layer.missing}"
    else:
        words = meaning()
        got = ", ".join(words[a] for a in layer.through)
        head = f"  {'PARTLY':<7}{layer.name:<13}refused {len(layer.refused)} of {tried}; not: {got}"
    return [
        *_wrapped(head.strip(), "  "),
        *_wrapped(f"without it: {stops}"),
        *_wrapped(f"to get it: {get}"),
    ]


def _together(isolation: Isolation) -> list[str]:
    if isolation.error:
        return _wrapped(f"NO     nothing could be tried: {isolation.error}", "  ")
    words = meaning()
    got = "; ".join(words[a] for a in isolation.through)
    got = f"what still gets through: {got}" if got else "nothing gets through"
    hidden = {
        True: "not readable from a worker",
        False: "READABLE from a worker",
        None: "not on this machine",
    }
    about = hidden[isolation.reference_hidden]
    return [*_wrapped(f"All layers together: {got}", ""), f"The references: {about}"]


def _wrapped(text: str, indent: str = " " * 9) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=" " * 9)
