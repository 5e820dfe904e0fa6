"""Draws one style after the other: a choice on every axis, and the program that it makes."""

import functools
import importlib
import random
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from grader.problems.load import problem_ids

PROBLEMS = tuple(p for p in problem_ids() if Path(__file__).with_name(f"{p}.py").is_file())
PROGRAMS = 1000  # a problem
HELD_BACK = 800  # the first of those that were not played while the styles were written


@dataclass(frozen=True)
class Style:
    """A correct program, and the value it has on each axis of style."""

    problem: str
    index: int
    choices: Mapping[str, str]
    source: str

    def __str__(self):
        return f"{self.problem} {self.index}"

    @property
    def described(self):
        """The axes and their values on one line."""
        return " ".join(f"{axis}={value}" for axis, value in self.choices.items())


def maker(problem):
    """The module of a problem: its axes (AXES), what an axis may be after others were chosen
    (options), what goes together (fits), what is drawn less often (RARE), the text (source)."""
    return importlib.import_module(f"tests.styles.{problem}")


@functools.cache
def style(problem, index):
    """The program of that number: always the same one."""
    choices = chosen(problem, index)
    return Style(problem, index, choices, maker(problem).source(choices))


def chosen(problem, index):
    """What the program of that number has on each axis."""
    made = maker(problem)
    draw = random.Random(f"{problem} {index}")
    while True:
        choices = {}
        for axis in made.AXES:
            choices[axis] = draw.choice(list(made.options(axis, choices)))
        rare = [made.RARE[value] for value in choices.values() if value in made.RARE]
        if made.fits(choices) and all(draw.random() < chance for chance in rare):
            return MappingProxyType(choices)


def words(text, **replacements):
    """The text with whole words replaced; what is more than one term is put into brackets."""
    if not replacements:
        return text
    pattern = r"(?<![\w.\"'])(" + "|".join(map(re.escape, replacements)) + r")(?![\w\"'])"
    return re.sub(pattern, lambda found: atom(replacements[found[1]]), text)


def atom(text):
    """The text, in brackets unless it is one term already."""
    if re.fullmatch(r"[\w.]+(\[[^][]*\]|\([^()]*\))?", text):
        return text
    return f"({text})"


def renamed(text, names):
    """The text with identifiers renamed, whether they stand behind a dot or not."""
    pattern = r"\b(" + "|".join(names) + r")\b"
    return re.sub(pattern, lambda found: names[found[1]], text) if names else text


def block(text, level=1):
    """The lines, indented by so many steps."""
    return textwrap.indent(text.strip("\n"), "    " * level)


def lines(*parts):
    """The parts that are not empty, one below the other."""
    return "\n".join(part.strip("\n") for part in parts if part)
