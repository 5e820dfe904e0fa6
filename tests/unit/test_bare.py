"""What two programs have in common that differ only in comments."""

import pytest

from grader.explain.bare import as_written, bare
from grader.model import Diagnosis, Explanation, Place, Source
from tests.support import samples

WRITTEN = b'''# Ann, 4711
x = "# none"  # one

def f(y):
    # two
    return [y,  # three
            """
# not one
"""]
# the end
'''
BARE = b'''
x = "# none"

def f(y):

    return [y,
            """
# not one
"""]
'''


def test_comments_are_left_out_and_lines_stay():
    """
    Code stands in the line where it stood, text that looks like a comment is kept.
    """
    assert bare(Source(WRITTEN)).text == BARE
    assert bare(Source(WRITTEN.replace(b"\n", b"\r\n"))).text == BARE


@pytest.mark.parametrize(
    "source",
    [
        Source(b"# -*- coding: latin-1 -*-\nx = '\xe9'  # \xe9\n"),
        Source(b"x = (  # never closed\n"),
        Source(b"x = 1  # in a cell\n", places=(Place(1, 3),)),
        Source(b"\xff # no text\n"),
        Source(b"x = 1 # old\ry = 2 # line ends\r"),
    ],
)
def test_what_is_not_plain_text_stays(source):
    """
    Another encoding, what is no program, a notebook: as it was.
    """
    assert bare(source) == source


def test_the_same_is_compiled():
    """
    A program and its bare form are the same code, lines included.
    """
    for sample in samples("wrong_answer")[::60]:
        one, other = (
            compile(text, "solution.py", "exec")
            for text in (sample.source, bare(Source(sample.source)).text)
        )

        assert one == other


def test_lines_are_shown_as_written():
    """
    What is quoted around a line has its comments again.
    """
    told = Diagnosis("faulty-line", "Line 2.", line=2, excerpt=((1, ""), (2, 'x = "# none"')))

    shown = as_written(Explanation(diagnosis=(told,)), Source(WRITTEN)).diagnosis[0].excerpt

    assert shown == ((1, "# Ann, 4711"), (2, 'x = "# none"  # one'))
