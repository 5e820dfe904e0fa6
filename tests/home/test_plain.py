"""The plain runner: the sandbox's verdicts and words, and limits by the clock."""

import os
from dataclasses import replace

import pytest

from grader.home.check import check
from grader.model import Verdict
from grader.sandbox.host import Sandbox
from grader.sandbox.plain import Plain
from grader.sandbox.run import play_all
from tests.support import SIMPLE_RNN, printed_by, scored, solution, thinned

COMPUTING = replace(SIMPLE_RNN, limits=replace(SIMPLE_RNN.limits, case_cpu_s=0.7))
WAITING = replace(SIMPLE_RNN, limits=replace(SIMPLE_RNN.limits, case_wall_s=0.7))


@pytest.fixture(scope="module")
def plain():
    """
    A plain runner with little processor time for a case.
    """
    with Plain(COMPUTING) as opened:
        yield opened


def test_right_submission_plays_all(plain):
    """
    What is right claims every number, with nothing said to be in force.
    """
    played = play_all(plain, solution(at_import="print('hello')"), scored()[:20])

    assert {o.verdict for o in played.outcomes.values()} == {None}
    assert len(played.outcomes) == len(scored()[:20])
    assert (played.printed, played.layers) == ("hello\n", ())


@pytest.mark.parametrize(
    ("lines", "verdict", "words"),
    thinned(
        [
            ({"init": "raise KeyError(1)"}, Verdict.RTE, "KeyError: 1"),
            ({"at_import": "1 +"}, Verdict.CE, "SyntaxError"),
            ({"at_import": "import yaml"}, Verdict.CE, "No module named 'yaml'"),
            ({"at_import": "os._exit(3)"}, Verdict.RTE, "exit code 3"),
            ({"at_import": "sys.exit()"}, Verdict.CE, "SystemExit"),
            ({"at_import": "raise KeyError(1)"}, Verdict.CE, "KeyError: 1"),
        ],
        1,
    ),
)
def test_what_cannot_be_started(plain, shut_in, lines, verdict, words):
    """
    Why it cannot be started is told as the sandbox does.
    """
    starts = [play_all(host, solution(**lines), scored()[:20]).start for host in (plain, shut_in)]

    assert starts[0].verdict is verdict
    assert words in starts[0].message
    assert len({(s.verdict, s.message, s.line, s.function) for s in starts}) == 1


def test_endless_loop_is_told_with_its_line(plain):
    """
    A loop without an end is ended, and the line it was in is told.
    """
    source = solution(forward="while True:\n    pass")
    at = source.decode().splitlines().index("        while True:") + 1

    played = play_all(plain, source, scored()[:20])

    late = [o for o in played.outcomes.values() if o.verdict]
    assert [(o.verdict, o.function) for o in late] == [(Verdict.TLE, "forward")]
    assert late[0].line in (at, at + 1)


@pytest.mark.usefixtures("shut_in")
@pytest.mark.slow
def test_endless_loop_in_the_sandbox_too(plain):
    """
    At home the sandbox tells the line as well; where it is graded it does not.
    """
    source = solution(at_import="while True:\n    pass")
    with Sandbox(COMPUTING, weak=True, tells=True) as telling:
        told = [play_all(host, source, scored()[:20]).start for host in (plain, telling)]

    assert [(s.verdict, bool(s.line)) for s in told] == [(Verdict.TLE, True)] * 2


@pytest.mark.slow
def test_waiting_is_ended_by_the_clock():
    """
    What uses no processor time is ended too, and told with its line.
    """
    with Plain(WAITING) as plain:
        played = play_all(plain, solution(at_import="time.sleep(100)"), scored()[:20])

    assert (played.start.verdict, played.start.line) == (Verdict.TLE, 4)
    assert "no answer within" in played.start.message


@pytest.mark.slow
def test_too_much_output(plain):
    """
    Printing without an end is a verdict, and what is shown is cut.
    """
    lines = "while True:\n    print('x' * 10000)"

    played = play_all(plain, solution(at_import=lines), scored()[:20])

    assert played.start.verdict is Verdict.OLE
    assert len(played.printed) < 2**17


@pytest.mark.slow
def test_folder_is_empty_and_goes(plain):
    """
    The working directory is a fresh one, is home, and is gone afterwards.
    """
    place = printed_by(plain, "import os; print(os.getcwd(), os.listdir(), open('f', 'w').close())")

    assert place.split()[1] == "[]"
    assert not os.path.exists(place.split()[0])


@pytest.mark.slow
def test_standard_input_is_empty(plain):
    """
    A program that asks for input gets none, and never the judge's.
    """
    played = play_all(plain, solution(at_import="input()"), scored()[:20])

    assert "EOFError" in played.start.message


@pytest.mark.slow
def test_check_finds_the_same(plain, shut_in):
    """
    Every finding at home is that of the sandbox.
    """
    source = solution(backward="x = x * 2")

    assert check(SIMPLE_RNN, plain, source) == check(SIMPLE_RNN, shut_in, source)
