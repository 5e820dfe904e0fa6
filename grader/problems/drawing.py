"""How cases are drawn: ranges of sizes, strata of them, and regimes of values."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from grader.model import Text
from grader.problems.groups import read_text
from grader.problems.node import Node

IN_WORDS = "in_words"  # the key of a regime that says what its values are like


def read_range(node: Node) -> tuple[int, int]:
    """Return both ends of a range of sizes."""
    ends = node.items("two whole numbers, the ends of a range")
    if len(ends) != 2:
        raise node.error(f"a range is [low, high], not {node.shown()}")
    low, high = (end.whole(0) for end in ends)
    if low > high:
        raise node.error(f"a range is [low, high], not {node.shown()}: exchange them")
    return low, high


def read_stratum(node: Node, sizes: Collection[str]) -> dict[str, tuple[int, int] | str]:
    """Return a range for each size, or the name of the size that it is equal to."""
    found: dict[str, tuple[int, int] | str] = {}
    entries = node.entries("sizes")
    for name, value in entries.items():
        value.known(name, sizes, "size")
        found[name] = read_range(value) if value.is_list() else value.one_of(sizes, "size")
    for name, of in found.items():
        if isinstance(of, str) and isinstance(found.get(of), str):
            raise entries[name].error(f"is equal to {of}, which is itself equal to {found[of]}")
    return found


def _ends(read: Callable[[Node], float]) -> Callable[[Node], list[float]]:
    def of(node: Node) -> list[float]:
        ends = [read(n) for n in node.items("two numbers, the ends of a range")]
        if len(ends) != 2 or ends[0] > ends[1]:
            raise node.error(f"a range is [low, high], not {node.shown()}")
        return ends

    return of


def _number(node: Node) -> float:
    return node.number()


def _above_zero(node: Node) -> float:
    return node.number(1e-300)


def _any_whole(node: Node) -> float:
    return node.whole(-(2**53))


def _shifted(node: Node) -> list[float]:
    """Return the scale of numbers, and the ends of what a column is shifted by."""
    parts = node.items("three numbers: a scale, and the ends of a range")
    if len(parts) != 3 or parts[1].whole(-(2**53)) > parts[2].whole(-(2**53)):
        raise node.error(f"must be [scale, low, high], not {node.shown()}")
    return [_above_zero(parts[0]), *(_any_whole(end) for end in parts[1:])]


def _powers(node: Node) -> list[float]:
    """Return whole numbers, at least one."""
    powers = [_any_whole(part) for part in node.items("whole numbers, the powers of 2")]
    if not powers:
        raise node.error("must name at least one power of 2")
    return powers


# What each distribution is told; generate.py has what it does with it.
DISTRIBUTIONS: Mapping[str, Callable[[Node], Any]] = {
    "normal": _above_zero,
    "uniform": _ends(_number),
    "quarters": lambda node: node.whole(1),
    "nonzero_quarters": lambda node: node.whole(1),
    "zeros": Node.yes,
    "permutation": _above_zero,
    "signed_permutation": _above_zero,
    "shifted_columns": _shifted,
    "scaled_columns": _ends(_any_whole),
    "columns_of_powers": _powers,
    "bits": Node.yes,
    "late": _above_zero,
    "integers": _ends(_any_whole),
}


def read_regime(
    node: Node, inputs: Collection[str], sizes: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return a distribution for inputs by name, and for all others as `default`."""
    entries = dict(node.entries("inputs"))
    entries.pop(IN_WORDS, None)
    for name, value in entries.items():
        value.known(name, [*inputs, "default"], "input")
    if "default" not in entries:
        raise node.error("the key 'default' is missing, for inputs that are not named")
    return {name: _distribution(value, sizes) for name, value in entries.items()}


def read_words(node: Node) -> Text | None:
    """Return what a regime's values are like, in every language, if that is said."""
    keys = node.entries("inputs")
    return read_text(keys[IN_WORDS]) if IN_WORDS in keys else None


def _distribution(node: Node, sizes: Collection[str]) -> dict[str, Any]:
    keys = node.record([], [*DISTRIBUTIONS, "per"])
    kinds = [name for name in keys if name != "per"]
    if len(kinds) != 1:
        known = ", ".join(DISTRIBUTIONS)
        raise node.error(f"one distribution is wanted, not {len(kinds)}; there is {known}")
    found = {kinds[0]: DISTRIBUTIONS[kinds[0]](keys[kinds[0]])}
    return {**found, "per": keys["per"].one_of(sizes, "size")} if "per" in keys else found
