"""Test groups and self-checks: what they are given, what they observe, and their cases."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from grader.model import LANGUAGES, Draw, Group, Quantity, Text
from grader.problems.node import Node

PRECISIONS = ("float64", "float32")
GROUP, GROUP_OPTIONAL = ("points", "title", "inputs", "observes", "cases"), ("requires", "means")
QUANTITY, QUANTITY_OPTIONAL = ("shape",), ("update_of", "precision")
SELF_CHECK, COMPARED = ("title", "inputs", "observes"), ("shape", "agrees_with", "within")


@dataclass(frozen=True, slots=True)
class Declared:
    """What groups refer to by name."""

    sizes: Mapping[str, tuple[int, int]]
    inputs: Mapping[str, Quantity]
    strata: Mapping[str, Mapping[str, tuple[int, int] | str]]
    regimes: Mapping[str, Mapping[str, Mapping[str, Any]]]


def read_group(name: str, node: Node, declared: Declared, earlier: Collection[str]) -> Group:
    """Return a test group; it may require only earlier ones."""
    keys = node.record(GROUP, GROUP_OPTIONAL)
    requires = keys["requires"].names_of(earlier, "earlier group") if "requires" in keys else []
    inputs = _inputs(keys["inputs"], declared)
    observed = [
        _observed(quantity, value, declared.sizes, {q.name: q for q in inputs})
        for quantity, value in keys["observes"].some("quantities").items()
    ]
    return Group(
        name,
        keys["points"].whole(0),
        read_text(keys["title"]),
        inputs,
        tuple(observed),
        tuple(requires),
        tuple(_draws(keys["cases"], declared)),
        _meanings(keys["means"], observed) if "means" in keys else {},
    )


def _meanings(node: Node, observed: Collection[Quantity]) -> dict[str, Text]:
    entries = node.some("texts")
    for beginning, text in entries.items():
        if not any(f"{q.name}_".startswith(f"{beginning}_") for q in observed):
            raise text.error("no quantity that the group observes begins so")
    return {beginning: read_text(text) for beginning, text in entries.items()}


def _inputs(node: Node, declared: Declared) -> tuple[Quantity, ...]:
    return tuple(declared.inputs[n] for n in node.names_of(declared.inputs, "input"))


def _draws(node: Node, declared: Declared) -> list[Draw]:
    found = []
    for stratum, counts in node.some("cases").items():
        counts.known(stratum, declared.strata, "stratum")
        for regime, count in counts.some("cases").items():
            count.known(regime, declared.regimes, "regime")
            found.append(Draw(stratum, regime, count.whole(1)))
    return found


def _observed(
    name: str, node: Node, sizes: Collection[str], inputs: Mapping[str, Quantity]
) -> Quantity:
    if not node.is_mapping():
        return Quantity(name, read_shape(node, sizes))
    keys = node.record(QUANTITY, QUANTITY_OPTIONAL)
    shape, precision, update_of = read_shape(keys["shape"], sizes), PRECISIONS[0], None
    if "precision" in keys:
        precision = keys["precision"].one_of(PRECISIONS, "precision")
    if "update_of" in keys:
        update_of = keys["update_of"].one_of(inputs, "input of this group")
        loaded = inputs[update_of].shape  # once, or before each of some first steps
        if loaded != shape[1:] and (len(loaded), loaded[1:]) != (len(shape), shape[1:]):
            text = f"{update_of} has the shape {shape_text(inputs[update_of].shape)}"
            raise keys["update_of"].error(f"{text}, {name} {shape_text(shape)}")
    return Quantity(name, shape, update_of, precision)


def read_self_check(name: str, node: Node, declared: Declared, groups: Collection[str]) -> Group:
    """Return a self-check, of which every quantity has another that it agrees with."""
    if name in groups:
        raise node.error("a test group has this name: take another")
    keys = node.record(SELF_CHECK, ["requires"])
    requires = keys["requires"].names("groups") if "requires" in keys else []
    for required in requires:
        keys["requires"].known(required, groups, "group")
    entries = keys["observes"].some("quantities")
    observed = {n: _compared(n, value, declared.sizes, entries) for n, value in entries.items()}
    agreed = {q.agrees_with for q in observed.values()}
    for q in observed.values():
        if q.agrees_with is None and q.name not in agreed:
            raise entries[q.name].error("agrees with nothing, and nothing agrees with it")
        if q.agrees_with is not None and observed[q.agrees_with].shape != q.shape:
            text = f"has the shape {shape_text(q.shape)}, {q.agrees_with} "
            raise entries[q.name].error(text + shape_text(observed[q.agrees_with].shape))
    inputs = _inputs(keys["inputs"], declared)
    title, seen = read_text(keys["title"]), tuple(observed.values())
    return Group(name, 0, title, inputs, seen, tuple(requires), ())


def _compared(name: str, node: Node, sizes: Collection[str], others: Collection[str]) -> Quantity:
    if not node.is_mapping():
        return Quantity(name, read_shape(node, sizes))
    keys = node.record(COMPARED)
    other = keys["agrees_with"].one_of([n for n in others if n != name], "quantity")
    within = float(keys["within"].number(0))
    return Quantity(name, read_shape(keys["shape"], sizes), agrees_with=other, within=within)


def read_shape(node: Node, sizes: Collection[str]) -> tuple[str | int, ...]:
    """Return a shape of sizes and numbers."""
    return tuple(_extent(n, sizes) for n in node.items("sizes"))


def _extent(node: Node, sizes: Collection[str]) -> str | int:
    if node.is_number():
        return node.whole(1)
    if not node.is_name():
        text = f"a shape has names of sizes and whole numbers, not {node.shown()}"
        raise node.error(f"{text}; what is 4 times H has two axes, [4, H]")
    return node.one_of(sizes, "size")


def shape_text(shape: tuple[str | int, ...]) -> str:
    """Return a shape as it is declared."""
    return f"[{', '.join(map(str, shape))}]"


def read_text(node: Node) -> dict[str, str]:
    """Return a text in every language."""
    keys = node.record(LANGUAGES)
    return {language: keys[language].text() for language in LANGUAGES}
