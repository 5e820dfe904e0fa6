"""The truth that is written down about wrong files of the corpus: of files and lines that are."""

import pytest
import yaml

from tests.support import CORPUS, KIT

TRUTHS = yaml.safe_load((KIT / "tests/quality/at_fault.yaml").read_text("utf-8"))
FILES = [(problem, name) for problem, files in TRUTHS.items() for name in files]


@pytest.mark.parametrize("problem", TRUTHS)
def test_forty_files_a_problem(problem):
    """
    So many that a share of them means something.
    """
    assert len(TRUTHS[problem]) >= 39


def test_lines_and_files_are_there():
    """
    Each file exists, and each line at fault is one that runs.
    """
    for problem, name in FILES:
        lines = (CORPUS / problem / name).read_text("utf-8-sig").splitlines()
        for number in TRUTHS[problem][name].get("lines", ()):
            code = lines[number - 1].split("#")[0].strip()
            assert code, (problem, name, number)
