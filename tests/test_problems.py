"""Every problem folder is whole, by what `grader verify` says of it."""

import pytest

from grader.setting.verify import files, folder, language
from tests.support import per_problem


@pytest.fixture(params=per_problem())
def problem(request):
    """
    Every problem in turn.
    """
    return request.param


@pytest.mark.parametrize(
    "check",
    [
        folder.check_yaml,
        folder.check_functions,
        files.check_corpus,
        language.check_languages,
    ],
)
def test_folder_is_whole(problem, check):
    """
    Declarations, functions, corpus and texts are as verify wants them.
    """
    assert check(problem).findings == ()


@pytest.mark.parametrize(
    "check", [folder.check_driver, folder.check_starter, folder.check_reference]
)
def test_folder_can_be_played(problem, check, judges):
    """
    Driver, starter and reference do what they are there for.
    """
    assert check(problem, judges(problem.id)).findings == ()
