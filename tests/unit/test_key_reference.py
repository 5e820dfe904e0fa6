"""The page about problem.yaml names the keys that are read, and no others."""

import re

import pytest

from grader.cases import generate
from grader.model import Effort
from grader.problems import drawing, groups, schema
from tests.support import KIT

PAGE = (KIT / "grader" / "problems" / "README.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
KEYS = {
    "The file": (*schema.REQUIRED, *schema.OPTIONAL),
    "limits": schema.LIMITS,
    "interface": (*schema.CLASS, *schema.CLASS_OPTIONAL),
    "regimes": (*drawing.DISTRIBUTIONS, "per"),
    "groups": (*groups.GROUP, *groups.GROUP_OPTIONAL),
    "observes": (*groups.QUANTITY, *groups.QUANTITY_OPTIONAL),
    "self_checks": groups.COMPARED,
    "explaining": (*schema.EXPLAINING, *schema.EXPLAINING_OPTIONAL),
}


@pytest.mark.parametrize("section", KEYS)
def test_every_key_has_its_row(section):
    """
    The first column of each table is what the schema reads there.
    """
    named = re.findall(r"^\| `(\w+)` \|", SECTIONS[section], re.MULTILINE)

    assert sorted(named) == sorted(KEYS[section])


def test_every_part_has_its_section():
    """
    What holds further keys is explained by itself, under its name.
    """
    parts = {n for n in (*schema.REQUIRED, *schema.OPTIONAL) if "see below" in row(n)}

    assert parts <= set(SECTIONS)


def test_every_distribution_is_drawn():
    """
    What the schema reads is what the generator can fill an array with.
    """
    assert set(drawing.DISTRIBUTIONS) == set(generate.DISTRIBUTIONS)


@pytest.mark.parametrize("key", schema.EXPLAINING)
def test_defaults_are_as_they_are_told(key):
    """
    A key that may be left out says what holds then.
    """
    assert f"Default: {getattr(Effort(), key)}" in row(key)


def row(key):
    """The table row of a key."""
    return re.search(rf"^\| `{key}` \|.*$", PAGE, re.MULTILINE)[0]
