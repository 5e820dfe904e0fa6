"""Time, memory and output end where the limits say, and cost no more than their own group."""

import os
import time
from dataclasses import replace
from itertools import pairwise

import pytest

from grader.cases.deck import Deck, Part
from grader.model import Verdict
from grader.sandbox import ended, run, watch
from grader.sandbox.base import BATCH
from grader.sandbox.host import Sandbox
from grader.sandbox.watch import Worker
from tests.support import SIMPLE_RNN, children, eventually, scored, solution

# Of two clocks one is short, so that the other never strikes first, however busy the machine is.
COMPUTING = replace(SIMPLE_RNN.limits, cpu_s=3, wall_s=300, case_cpu_s=0.25, case_wall_s=120)
WAITING = replace(SIMPLE_RNN.limits, cpu_s=300, wall_s=6, case_cpu_s=120, case_wall_s=2)
SPIN = "while True: pass"
SLEEP = "time.sleep(1000)"


@pytest.fixture(scope="module")
def hurried():
    """
    A sandbox with little processor time.
    """
    with Sandbox(replace(SIMPLE_RNN, limits=COMPUTING), weak=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def impatient():
    """
    A sandbox that does not wait for long.
    """
    with Sandbox(replace(SIMPLE_RNN, limits=WAITING), weak=True) as opened:
        yield opened


@pytest.fixture(params=["by processor", pytest.param("by clock", marks=pytest.mark.slow)])
def endless(request):
    """
    A line that never ends, and the sandbox whose limit ends it.
    """
    computes = request.param == "by processor"
    line, name = (SPIN, "hurried") if computes else (SLEEP, "impatient")
    return line, request.getfixturevalue(name)


def play(sandbox, cases=None, **lines):
    return run.play_all(sandbox, solution(**lines), cases or scored())


def verdicts(played, group):
    outcomes = [played.outcomes.get(n) for n, c in enumerate(scored()) if c.group == group]
    return {o.verdict for o in outcomes if o}


def test_correct_solution_plays_every_case(sandbox):
    """
    The solution that the tests below spoil is right by itself.
    """
    played = play(sandbox)

    assert len(played.outcomes) == len(scored())
    assert {o.verdict for o in played.outcomes.values()} == {None}


def test_time_ends_a_call(endless):
    """
    A call that computes or waits for ever is out of time, by the clock that it exceeded.
    """
    line, sandbox = endless

    played = play(sandbox, forward=line)

    ended = next(o for o in played.outcomes.values() if o.verdict)
    assert ended.verdict is Verdict.TLE
    assert {SPIN: "processor time", SLEEP: "no answer within"}[line] in ended.message


def test_time_ends_an_import(endless):
    """
    An import that never ends is out of time, and no case is played.
    """
    line, sandbox = endless

    played = play(sandbox, at_import=line)

    assert played.start.verdict is Verdict.TLE
    assert played.outcomes == {}


def test_time_ends_a_construction(hurried):
    """
    A constructor that never ends is out of time before any case.
    """
    played = play(hurried, init=SPIN)

    assert played.start.verdict is Verdict.TLE


def test_other_groups_are_judged_after_a_time_limit(hurried):
    """
    Running out of time in backward leaves initialisation and forward as they are.
    """
    played = play(hurried, backward=SPIN)

    assert verdicts(played, "initialisation") == {None}
    assert verdicts(played, "forward") == {None}
    assert verdicts(played, "backward") == {Verdict.TLE}
    assert verdicts(played, "training") == set()


def test_groups_after_a_time_limit_are_judged_in_a_fresh_worker(hurried):
    """
    What does not need the group that ran out of time is played on.
    """
    order = sorted(scored(), key=lambda c: c.group != "forward")

    played = play(hurried, order, forward=SPIN)

    ends = {order[n].group: o.verdict for n, o in played.outcomes.items()}
    assert ends == {"forward": Verdict.TLE, "initialisation": None}


@pytest.mark.slow
def test_total_is_kept_over_all_workers():
    """
    Many cases that are each within their limit end with the limit of the whole submission.
    """
    limits = replace(WAITING, case_wall_s=WAITING.wall_s)
    forward = scored("forward")

    with Sandbox(replace(SIMPLE_RNN, limits=limits), weak=True) as opened:
        played = play(opened, forward, forward="time.sleep(1)")

    ended = next(o for o in played.outcomes.values() if o.verdict)
    assert "for all cases" in ended.message
    assert len(played.outcomes) <= limits.wall_s + 1  # a second each


@pytest.mark.slow
def test_used_up_total_does_not_take_back_what_was_judged():
    """
    When the total is used up before a second worker starts, earlier groups keep their outcomes.
    """
    limits = replace(COMPUTING, cpu_s=1, case_cpu_s=1)
    first = scored("initialisation")
    order = [*first, *scored("forward"), *first]

    with Sandbox(replace(SIMPLE_RNN, limits=limits), weak=True) as opened:
        played = play(opened, order, forward=SPIN)

    assert played.start is None
    assert {played.outcomes[n].verdict for n in range(len(first))} == {None}
    assert Verdict.TLE in {outcome.verdict for outcome in played.outcomes.values()}


@pytest.mark.parametrize(
    "line",
    [
        "bytearray(2**33)",
        "np.ones(2**30)",
        "while True: self.kept = [*vars(self).get('kept', []), bytearray(2**25)]",
    ],
    ids=["one piece", "array", "bit by bit"],
)
def test_memory_ends(sandbox, line):
    """
    Whoever asks for more than there is gets MLE, not RTE.
    """
    played = play(sandbox, forward=line)

    assert verdicts(played, "forward") == {Verdict.MLE}
    assert verdicts(played, "initialisation") == {None}


def test_memory_within_the_limit_is_free(sandbox):
    """
    Half of the limit may be used.
    """
    lines = f"np.ones({SIMPLE_RNN.limits.memory_mib // 2 * 2**20 // 8}).sum()"

    played = play(sandbox, scored()[:20], forward=lines)

    assert {o.verdict for o in played.outcomes.values()} == {None}


def test_flood_ends_in_a_verdict(sandbox):
    """
    Printing without end is OLE, and nothing is judged after it.
    """
    played = play(sandbox, forward="while True: print('x' * 10000)")

    assert verdicts(played, "forward") == {Verdict.OLE}
    assert verdicts(played, "backward") == set()


def test_output_is_cut_and_marked(sandbox):
    """
    Of a mebibyte, 64 KiB are kept, a line says so, and the verdict does not change.
    """
    played = play(sandbox, at_import="print('x' * 2**20)")

    assert {o.verdict for o in played.outcomes.values()} == {None}
    assert len(played.printed) < watch.SHOWN_OUTPUT + 100
    assert played.printed.endswith(f"[cut: {2**20 + 1} bytes in all]")


def test_output_below_the_cut_is_whole(sandbox):
    """
    What is printed arrives, both streams, without marks.
    """
    played = play(sandbox, scored()[:1], at_import="print('out'); print('err', file=sys.stderr)")

    assert sorted(played.printed.split()) == ["err", "out"]


def test_output_of_a_failed_import_is_shown(sandbox):
    """
    What was printed before an exception at import helps to find it.
    """
    played = play(sandbox, at_import="print('so far'); raise ValueError")

    assert "so far" in played.printed


HOSTILE_OUTPUT = {
    "one word": "x" * 2**17,
    "scratch folders": "/rnn-judge-a/1" * 2**13,
    "half a folder": "/rnn-judge-" * 2**13,
    "addresses": "0x0" * 2**15,
}


@pytest.mark.parametrize("text", HOSTILE_OUTPUT.values(), ids=HOSTILE_OUTPUT)
def test_cleaning_text_takes_linear_time(text):
    """
    No text that a submission may print keeps the judge busy.
    """
    began = time.process_time()

    ended.clean(text)

    assert time.process_time() - began < 1


def test_addresses_and_scratch_folders_are_not_shown():
    """
    What differs between two runs is taken out of a message.
    """
    said = ended.clean("<X object at 0x7f12a4d53c60> in '/tmp/rnn-judge-ab_1/12/solution.py'")

    assert said == "<X object at 0x...> in 'solution.py'"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("os._exit(0)", "exit code 0"),
        ("os._exit(7)", "exit code 7"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("sys.exit(0)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("1 / 0", "ZeroDivisionError"),
        ("raise type('Own', (BaseException,), {})", "Own"),
    ],
)
def test_end_of_the_process_is_a_run_time_error(sandbox, line, words):
    """
    However a call ends the process or raises, it is RTE, and the message says how.
    """
    played = play(sandbox, forward=line)

    ended = next(o for o in played.outcomes.values() if o.verdict)
    assert ended.verdict is Verdict.RTE
    assert words in ended.message


def test_line_of_the_student_is_told(sandbox):
    """
    An exception is told with the line and the function of the submission that raised it.
    """
    source = solution(forward="1 / 0")

    played = run.play_all(sandbox, source, scored())

    ended = next(o for o in played.outcomes.values() if o.verdict)
    assert ended.function == "forward"
    assert source.splitlines()[ended.line - 1].strip() == b"1 / 0"


def test_nothing_is_left_of_a_worker(hurried):
    """
    After hangs, floods and crashes no process is left and no directory.
    """
    for line in (SPIN, "os._exit(1)", "while True: print('x' * 10000)"):
        play(hurried, scored()[:20], forward=line)

    assert eventually(lambda: children(hurried.process.pid) == {})
    assert eventually(lambda: os.listdir(hurried.scratch_root) == [])


@pytest.mark.slow
def test_what_may_be_chance_is_played_again_alone(impatient):
    """
    A case that ran out of time counts as it does in a fresh worker by itself, and play goes on.
    """
    forward = scored("forward")[:12]
    late = "SimpleRNN.calls = vars(SimpleRNN).get('calls', 0) + 1\n"
    late += "if SimpleRNN.calls > 10: time.sleep(1000)"

    played = play(impatient, forward, forward=late)

    assert len(played.outcomes) == len(forward)
    assert {o.verdict for o in played.outcomes.values()} == {None}


@pytest.mark.slow
def test_trickle_does_not_outlive_the_limits(impatient):
    """
    A worker that sends a byte now and then is out of time like one that sends nothing.
    """
    trickle = "import struct; os.write(3, struct.pack('<4sBI', b'RJ1\\n', 19, 60000))\n"
    trickle += "while True:\n    os.write(3, b'x'); time.sleep(0.01)"

    played = play(impatient, scored("forward")[:1], forward=trickle)

    assert {o.verdict for o in played.outcomes.values()} == {Verdict.TLE}


@pytest.mark.parametrize(
    "line",
    [
        "try:\n    bytearray(2**33)\nexcept MemoryError:\n    raise ValueError('no') from None",
        "import mmap; mmap.mmap(-1, 2**33)",
    ],
    ids=["in another exception", "as an error of the system"],
)
def test_memory_is_told_as_such(sandbox, line):
    """
    However it is told that memory ran out, it is MLE.
    """
    assert verdicts(play(sandbox, forward=line), "forward") == {Verdict.MLE}


LOOK = """
import gc
found = [o for o in gc.get_objects() if type(o).__name__ == 'Play']
print('SEEN', len(found), len({o.group for o in found}),
      x.shape[0] + sum(self.W_xh.shape) + len(self.b_y))
"""


def searched(sandbox, cases, **lines):
    """What is printed where a search plays these cases."""
    worker = Worker(sandbox, solution(**lines))
    worker.imported()
    outcomes = list(worker.play(cases))
    worker.close()
    assert len(outcomes) == len(cases)
    return worker.printed.decode()


def test_worker_cannot_tell_what_it_is_played_for(sandbox):
    """
    It never holds more than a batch, of one group; and sizes grow, be the cases scored or not: those
    that are 1 may come last.
    """
    deck = Deck(SIMPLE_RNN, 1).cases(Part("forward", "readable", 99))
    for cases, printed in (
        (scored("forward"), play(sandbox, scored("forward"), forward=LOOK).printed),
        (deck, searched(sandbox, deck, forward=LOOK)),
    ):
        seen = [[*map(int, line.split()[1:])] for line in printed.splitlines() if "SEEN" in line]
        held, groups, sizes = zip(*seen, strict=True)

        assert max(held) <= BATCH
        assert set(groups) == {1}
        assert sum(after < before for before, after in pairwise(sizes)) <= 1
        assert len(sizes) == len(cases) > BATCH
        assert min(case.seed for case in cases) > 2**12
