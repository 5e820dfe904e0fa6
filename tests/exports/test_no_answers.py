"""Nothing from reference/ is in what students get: every byte of every file is looked at."""

import io
import re
import zipfile

import pytest

from grader.export import student
from grader.export.classroom50 import export as classroom50
from grader.problems.load import load_problem, problem_ids
from tests.support import KIT, thinned

WORD = re.compile(rb"\w+|[^\w\s]")
SHINGLE = 8  # words; shorter ones are part of the language (`import numpy as np`, `def __init__(`)
PUBLIC = ("grader", "problem")


def shingles(data):
    """Every run of so many words in a text."""
    words = WORD.findall(data)
    return {b" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}


def lines(data):
    """Every line that says something."""
    return {line.strip() for line in data.splitlines() if len(WORD.findall(line)) >= 4}


def contents(folder):
    """The bytes of every file below a folder of the kit."""
    files = (p for p in (KIT / folder).rglob("*") if p.is_file() and p.suffix != ".pyc")
    return [p.read_bytes() for p in files]


@pytest.fixture(scope="module")
def secret():
    """
    What is said in reference/ and nowhere in the public part of the kit: lines and shingles.
    """
    public = [data for folder in PUBLIC for data in contents(folder)]
    answers = contents("reference")
    said = [set().union(*map(cut, answers)) - set().union(*map(cut, public)) for cut in CUTS]
    assert min(map(len, said)) > 500, "this test has something to look for"
    return said


CUTS = (lines, shingles)


def unpacked(data, name):
    """Name and bytes of every file in a zip, and in the zips and wheels in it."""
    yield name, data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from unpacked(archive.read(inner), f"{name}/{inner}")


def handed_out(problem_id):
    """All that students of a problem can get at."""
    problem = load_problem(problem_id)
    bundle = student.export(problem)
    yield from unpacked(bundle, "student")
    yield from unpacked(classroom50.export(problem), "classroom50")


@pytest.mark.slow
@pytest.mark.parametrize("problem_id", thinned(problem_ids(), everyday=1))
def test_no_line_of_an_answer_is_handed_out(secret, problem_id):
    """
    No line and no eight words in a row of the references; no file of that name either.
    """
    found = [
        (name, sorted(said & cut(data))[:3])
        for name, data in handed_out(problem_id)
        for said, cut in zip(secret, CUTS, strict=True)
        if said & cut(data)
    ]

    names = [name for name, _ in handed_out(problem_id)]
    assert found == []
    assert not any("reference" in name.split("/") for name in names)
    assert len(names) > 50


def test_an_answer_would_be_found(secret):
    """
    The look is sharp: a reference put among other text, with other spacing, is noticed.
    """
    answer = (KIT / "reference" / "simple_rnn.py").read_bytes()
    part = b" ".join(answer.split()[200:260])

    assert secret[0] & lines(b"text\n" + answer)
    assert secret[1] & shingles(b"text " + part + b" more")
