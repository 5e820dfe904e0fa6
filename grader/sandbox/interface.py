"""What a submission lacks of what it should define, in words, and what may be meant for it."""

import difflib
import itertools
import types
from collections.abc import Iterable

MOST_NAMES, NEARLY = 1000, 0.75  # names that are looked at for one that is meant; how like it is


def missing(
    solution: types.ModuleType,
    names: list[str],
    name: str,
    arguments: list[int] | None,
    methods: list[str],
    attributes: list[str],
) -> str:
    """Return what the submission lacks of one interface, in words, or an empty string.

    names: all that it should define. arguments: those of the class, which is made once to see
    whether it has the methods and attributes; None for a function.
    """
    maker = getattr(solution, name, None)
    if maker is None:
        return f"there is no {name} in the file{_rename([name], vars(solution), names)}"
    if not callable(maker):
        return f"{name} is a {type(maker).__name__}, which cannot be called"
    if arguments is None:
        return ""
    model = maker(*arguments)
    absent = [m for m in (*methods, *attributes) if not hasattr(model, m)]
    if absent:
        hint = _rename(absent, dir(model), (*methods, *attributes))
        return f"an object made by {name} has no {', '.join(absent)}{hint}"
    inert = [m for m in methods if not callable(getattr(model, m))]
    return f"{', '.join(inert)} of {name} cannot be called" if inert else ""


def _rename(wanted: list[str], there: Iterable[str], asked_for: Iterable[str]) -> str:
    """Return what to rename: a name that is there, not asked for, and nearly one of the wanted."""
    free = (n for n in itertools.islice(there, MOST_NAMES) if n not in asked_for)
    names = {_plain(n): n for n in free if str(n)[:1] != "_"}
    for name in wanted:
        if near := difflib.get_close_matches(_plain(name), names, n=1, cutoff=NEARLY):
            return f"; rename {names[near[0]]}"
    return ""


def _plain(name: str) -> str:
    """Return a name without capitals and underscores, in which spellings differ."""
    return str(name).lower().replace("_", "")
