"""A value of a YAML file that knows its line: what is read from it is what was wanted, or an error.

`<<: *name` takes over what a mapping of that name holds and the present one does not.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from grader.errors import ProblemError

CORE = "tag:yaml.org,2002:"
MERGE = CORE + "merge"
WHOLE = re.compile(r"[-+]?(0|[1-9]\d{0,17})")
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?")
SHOWN, LISTED = 40, 8  # characters of a value in a message, and names


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ' (did you mean X?)' for the closest known name, or an empty string."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" (did you mean {close[0]}?)" if close else ""


@dataclass(frozen=True, slots=True)
class Node:
    """A value, the path of keys to it and the line of its key."""

    file: Path
    path: str
    node: Any  # yaml's own
    line: int

    def error(self, text: str) -> ProblemError:
        """Return an error with the place of this value."""
        path = f"{self.path}: " if self.path else ""
        return ProblemError(f"{self.file}:{self.line}: {path}{text}")

    def shown(self) -> str:
        """Return the value as it may stand in a message."""
        if isinstance(self.node, yaml.MappingNode):
            return "a mapping"
        if isinstance(self.node, yaml.SequenceNode):
            inside = ", ".join(n.value if is_scalar(n) else "..." for n in self.node.value)
            return f"the list [{inside[:SHOWN]}]"
        return repr(self.node.value[:SHOWN]) if self.node.value else "nothing"

    def is_nothing(self) -> bool:
        """Whether there is no value after the key, or an empty mapping."""
        return not self.node.value if self.is_mapping() else self.node.tag == CORE + "null"

    def is_number(self) -> bool:
        """Whether this is a whole number."""
        return self._is_plain(WHOLE)

    def is_mapping(self) -> bool:
        """Whether this is a mapping."""
        return isinstance(self.node, yaml.MappingNode)

    def is_list(self) -> bool:
        """Whether this is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    def entries(self, what: str = "names") -> dict[str, "Node"]:
        """Return the values of a mapping whose keys are names, what they are names of."""
        if not self.is_mapping():
            raise self.error(f"must be a mapping of {what}, not {self.shown()}")
        own: dict[str, Node] = {}
        inherited: dict[str, Node] = {}
        for key, value in self.node.value:
            if key.tag == MERGE:
                inherited |= self._merged(value, what)
                continue
            name = Node(self.file, self.path, key, key.start_mark.line + 1).name()
            found = Node(self.file, self._below(name), value, key.start_mark.line + 1)
            if name in own:
                raise found.error(f"the key {name!r} stands twice, first in line {own[name].line}")
            own[name] = found
        return inherited | own

    def some(self, what: str) -> dict[str, "Node"]:
        """Return the values of a mapping that is not empty."""
        if not (found := self.entries(what)):
            raise self.error(f"there are no {what}")
        return found

    def _merged(self, value: Any, what: str) -> dict[str, "Node"]:  # noqa: ANN401  # yaml's own
        node = replace(self, path=self._below("<<"), node=value, line=value.start_mark.line + 1)
        found = [n.entries(what) for n in (node.items() if node.is_list() else [node])]
        return {
            name: replace(n, path=self._below(name))
            for entries in reversed(found)
            for name, n in entries.items()
        }

    def _below(self, name: str) -> str:
        return f"{self.path}: {name}" if self.path else name

    def record(
        self, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, "Node"]:
        """Return the values of a mapping with these keys, all required ones and no others."""
        found = self.entries("keys")
        known = [*required, *optional]
        for name, value in found.items():
            if name not in known:
                absent = [n for n in known if n not in found] or known
                hint = nearest(name, absent) or f"; known are {_listed(known)}"
                raise replace(value, path=self.path).error(f"unknown key {name!r}{hint}")
        for name in required:
            if name not in found:
                raise self.error(f"the key {name!r} is missing")
        return found

    def items(self, what: str = "values") -> list["Node"]:
        """Return what a list holds."""
        if not self.is_list():
            raise self.error(f"must be a list of {what}, not {self.shown()}")
        return [replace(self, node=n, line=n.start_mark.line + 1) for n in self.node.value]

    def is_name(self) -> bool:
        """Whether this is a name, whatever YAML takes it for: `on` and `y` are names too."""
        return is_scalar(self.node) and self.node.value.isidentifier()

    def name(self) -> str:
        """Return a name."""
        if not self.is_name():
            raise self.error(f"a name (letters, digits, _) is wanted, not {self.shown()}")
        return str(self.node.value)

    def one_of(self, known: Iterable[str], what: str) -> str:
        """Return a name that is one of those known; what: a word for what they are."""
        return self.known(self.name(), known, what)

    def known(self, name: str, known: Iterable[str], what: str) -> str:
        """Return a name that stands here, as the key or within, if it is one of those known."""
        known = list(known)
        if name not in known:
            hint = nearest(name, known) or f"; there is {_listed(known)}"
            raise self.error(f"unknown {what} {name!r}{hint}")
        return name

    def names(self, what: str) -> list[str]:
        """Return a list of names, none of them twice."""
        found: list[str] = []
        for node in self.items(what):
            if node.name() in found:
                raise node.error(f"{node.name()!r} stands twice")
            found.append(node.name())
        return found

    def names_of(self, known: Iterable[str], what: str) -> list[str]:
        """Return a list of names that are known, none of them twice; what: a word for one."""
        known = list(known)
        return [self.known(name, known, what) for name in self.names(f"{what}s")]

    def text(self) -> str:
        """Return words."""
        if not (is_scalar(self.node) and self.node.tag == CORE + "str" and self.node.value.strip()):
            raise self.error(f"a text is wanted, not {self.shown()} (in quotes, anything is one)")
        return str(self.node.value)

    def whole(self, least: int) -> int:
        """Return a whole number that is not below the least."""
        if not (self._is_plain(WHOLE) and int(self.node.value) >= least):
            raise self.error(f"a whole number of at least {least} is wanted, not {self.shown()}")
        return int(self.node.value)

    def number(self, least: float = -1e300) -> float:
        """Return a number that is not below the least."""
        if not (self._is_plain(NUMBER) and least <= float(self.node.value) <= 1e300):
            of_size = f" of at least {least:g}" if least > -1e300 else ""
            raise self.error(f"a number{of_size} is wanted, not {self.shown()}")
        value = float(self.node.value)
        return int(value) if WHOLE.fullmatch(self.node.value) else value

    def yes(self) -> bool:
        """Return true: the only value that makes sense here."""
        if not (is_scalar(self.node) and self.node.value == "true"):
            raise self.error(f"must be true, not {self.shown()}")
        return True

    def _is_plain(self, pattern: re.Pattern[str]) -> bool:
        plain = is_scalar(self.node) and not self.node.style
        return plain and pattern.fullmatch(self.node.value) is not None


def _listed(names: list[str]) -> str:
    return ", ".join(names[:LISTED]) + ", ..." * (len(names) > LISTED) or "none"


def is_scalar(node: Any) -> bool:  # noqa: ANN401  # yaml's own
    """Whether this is neither a mapping nor a list."""
    return isinstance(node, yaml.ScalarNode)


Nodes = Mapping[str, Node]
