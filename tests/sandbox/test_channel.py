"""Whatever a worker writes, the judge neither believes it, nor crashes, nor hangs."""

import contextlib
import os
import random
import socket
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.model import Verdict
from grader.sandbox import ended, run, wire
from grader.sandbox.base import Exit
from grader.sandbox.host import Sandbox
from grader.sandbox.watch import Worker
from tests.support import SIMPLE_RNN, scored, solution, thinned

LIMITS = replace(SIMPLE_RNN.limits, cpu_s=2, wall_s=4, case_cpu_s=0.5, case_wall_s=1)
HURRIED = replace(SIMPLE_RNN, limits=LIMITS)

# How the bytes are made inside, from a seeded generator `r`; MAGIC begins every frame.
SHAPES = {
    "noise": "r.randbytes(r.randrange(1, 5000))",
    "noise after the magic": "b'RJ1\\n' + r.randbytes(r.randrange(5, 5000))",
    "random kind": "struct.pack('<4sBI', b'RJ1\\n', r.randrange(256), 40) + r.randbytes(40)",
    "huge length": "struct.pack('<4sBI', b'RJ1\\n', 19, 2**32 - 1) + r.randbytes(9000)",
    "length too short": "struct.pack('<4sBI', b'RJ1\\n', 19, 3) + r.randbytes(r.randrange(4, 99))",
    "length too long": "struct.pack('<4sBI', b'RJ1\\n', 19, 60000) + r.randbytes(100)",
    "empty frames": "b''.join(struct.pack('<4sBI', b'RJ1\\n', k, 0) for k in range(30))",
    "forged failures": "struct.pack('<4sBI', b'RJ1\\n', 20, 60) + r.randbytes(60)",
    "layers again": "struct.pack('<4sBI', b'RJ1\\n', 16, 2) + b'[]'",
    "many frames": "(struct.pack('<4sBI', b'RJ1\\n', 21, 0)) * 5000",
}
AFTERWARDS = {"goes on": "pass", "exits": "os._exit(0)", "sleeps": "time.sleep(100)"}


@pytest.fixture(scope="module")
def hurried():
    """
    A sandbox with short limits.
    """
    with Sandbox(HURRIED, weak=True) as opened:
        yield opened


def writes(shape, seed):
    return f"import random, struct; r = random.Random({seed}); os.write(3, {SHAPES[shape]})"


@pytest.mark.parametrize("afterwards", thinned(list(AFTERWARDS), everyday=1))
@pytest.mark.parametrize("shape", thinned(list(SHAPES), everyday=4))
def test_forged_frames_in_a_call_are_not_believed(hurried, shape, afterwards):
    """
    Bytes on the channel end in a verdict on the submission, and in time.
    """
    began = time.monotonic()
    for seed in range(2):
        lines = f"{writes(shape, seed)}\n{AFTERWARDS[afterwards]}\nreturn np.zeros((len(x), 1, 1))"

        played = run.play_all(hurried, solution(forward=lines), scored()[:12])

        outcomes = [o for n, o in played.outcomes.items() if scored()[:12][n].group == "forward"]
        ended = {o.verdict for o in outcomes if o.verdict}
        assert ended <= {Verdict.RTE, Verdict.TLE}
        assert ended or played.start or not outcomes or shape == "random kind"
    assert time.monotonic() - began < 100  # not even one of the two sleeps was waited for


@pytest.mark.parametrize("shape", thinned(list(SHAPES), everyday=3))
def test_forged_frames_at_import_are_not_believed(hurried, shape):
    """
    Bytes that come before the import has ended are no answers to cases.
    """
    played = run.play_all(hurried, solution(at_import=writes(shape, 1)), scored()[:12])

    failed = played.start or next(o for o in played.outcomes.values() if o.verdict)
    assert failed.verdict in (Verdict.RTE, Verdict.TLE, Verdict.CE)


NOBODY = 2**22 - 1  # no process has that number, so it has used no time


class Scripted:
    """A zygote that forks nothing: its worker has said the given bytes and hung up."""

    problem, weak, tells = HURRIED, True, False
    sizes_of, open = Sandbox._sizes_of, Sandbox.open

    def __init__(self, said):
        self.said = said

    def fork(self, claims, out):
        self.end = socket.socket(fileno=os.dup(claims))
        self.end.sendall(wire.frame(wire.LAYERS, b'[["seccomp", ""]]') + self.said)
        self.end.shutdown(socket.SHUT_WR)
        os.write(out, self.said[:1000])
        return NOBODY

    def packed(self, cases, pack):
        return pack()

    def kill(self):
        self.end.close()

    def exited(self, within_s=None):
        self.end.close()
        return Exit(0, 0.0, 1.0)


KINDS = st.sampled_from([16, 17, 18, 19, 20, 21]) | st.integers(0, 255)
FRAMES = st.builds(wire.frame, KINDS, st.binary(max_size=200))
IMPORTED = wire.frame(wire.IMPORTED)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    said=st.lists(FRAMES | st.binary(max_size=40), max_size=6).map(b"".join), ready=st.booleans()
)
def test_arbitrary_bytes_end_in_a_verdict(said, ready):
    """
    Arbitrary frames and bytes never raise; each case is right, wrong or ended, one by one.
    """
    worker = Worker(Scripted(IMPORTED + said if ready else said), b"")
    with contextlib.closing(worker):
        failed = worker.imported()
        outcomes = [] if failed else list(worker.play(scored()[:12]))

    assert failed is None or failed.verdict in (Verdict.RTE, Verdict.CE, Verdict.MLE)
    assert len(outcomes) <= len(scored()[:12])
    for outcome in outcomes:
        assert outcome is None or outcome.claims or outcome.verdict in (Verdict.RTE, Verdict.MLE)


def test_claims_that_fit_are_only_claims():
    """
    A forged frame of the right form is a claim to be compared, never points by itself.
    """
    generator = random.Random(1)
    case = scored()[0]
    sizes = [q.shape_in(case.sizes) for q in HURRIED.group(case.group).observes]
    count = sum(a * b for a, b in sizes)
    claims = bytes(2 * len(sizes)) + generator.randbytes(8 * count)

    worker = Worker(Scripted(IMPORTED + wire.frame(wire.CLAIMS, claims)), b"")
    with contextlib.closing(worker):
        assert worker.imported() is None
        outcome = next(worker.play([case]))

    assert outcome.verdict is None
    assert outcome.claims.values.tobytes() == claims[2 * len(sizes) :]


@pytest.mark.parametrize(
    "silence", ["os.close(3)", "os.close(3)\ntime.sleep(100)", "os.dup2(1, 3)"]
)
def test_channel_that_is_closed_ends_in_a_verdict(hurried, silence):
    """
    Hanging up, or pointing the channel elsewhere, is no way to be judged.
    """
    played = run.play_all(hurried, solution(forward=silence), scored()[:12])

    ended = next(o for o in played.outcomes.values() if o.verdict)
    assert ended.verdict in (Verdict.RTE, Verdict.TLE)


def test_late_order_to_kill_hits_nobody_else(hurried):
    """
    A worker that ends by itself while it is being killed leaves the zygote in order.
    """
    for _ in range(30):
        worker = Worker(hurried, solution(at_import="os._exit(0)"))
        hurried.kill()
        hurried.kill()
        worker.exit = hurried.exited()
        hurried.kill()
        worker.close()

    played = run.play_all(hurried, solution(), scored()[:12])

    assert {o.verdict for o in played.outcomes.values()} == {None}


def test_nothing_is_skipped_that_did_not_fail():
    """
    A skipped case where no case failed before it is no answer, and hides nothing that is wrong.
    """
    worker = Worker(Scripted(IMPORTED + wire.frame(wire.SKIPPED)), b"")
    with contextlib.closing(worker):
        assert worker.imported() is None
        outcome = next(worker.play(scored()[:12]))

    assert outcome.verdict is Verdict.RTE


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            ["", "all 38 cases are right", ""],
            "an exception of another name: all 38 cases are right",
        ),
        (["AC: 100 of 100 points", "", ""], "an exception of another name"),
        (["E", "x\n\n  AC  forward\t25/25", ""], "E: x AC forward 25/25"),
        (["E", "x", "forward (accepted)"], "E: x"),
    ],
)
def test_words_of_a_submission_stand_behind_the_judges(said, shown):
    """
    One line, after a name of an exception; no sentence of its own, and no function but a name.
    """
    outcome = ended.failure(wire.pack_failure(wire.EXCEPTION, 0, said), at_import=False)

    assert (outcome.message, outcome.function) == (shown, "")
