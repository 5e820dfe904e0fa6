"""A class from folder to table: nobody lost, nobody twice, whatever happens in between."""

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from grader.course.store import Store
from grader.errors import GraderError
from tests.cluster import cluster
from tests.support import CORPUS, children, eventually, samples

CLASS = (
    *("accepted/slots", "accepted/golfed", "accepted/gbk_chinese_comments"),
    *(
        "wrong_answer/carry_missing_vectorised",
        "wrong_answer/init_uniform",
        "wrong_answer/value_none",
    ),
    *("compile_error/nul_byte", "run_time_error/os_exit_at_import", "hostile/fork"),
)


def summary(table):
    return {r["student"]: r["verdict"] for r in json.loads(table)}


def start(kit, folder, out, *more):
    """Begin to grade and come back at once."""
    return subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", str(folder), "--out", str(out), *more],
        env=kit,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def judges_of(process):
    """The judges of a run, by pid."""
    return [
        pid for pid, line in children(process.pid).items() if b"grader.course.judges.child" in line
    ]


def any_judged(results):
    """Whether a run has kept a report yet."""
    try:
        with Store(results) as store:
            return bool(list(store.sources()))
    except GraderError:
        return False  # there is no file yet


@pytest.mark.slow
def test_reports_are_the_same_whatever_the_number_of_jobs(tmp_path, fill, grader, table):
    """One judge, two judges, or one after the other by hand: byte for byte, times apart."""
    folder = fill(tmp_path / "class", *CLASS)
    for jobs in (1, 2):
        code, out, err = grader("grade", folder, "--out", tmp_path / f"r{jobs}", "--jobs", jobs)
        assert code == 0, (out, err)
    one, two = table(tmp_path / "r1"), table(tmp_path / "r2")
    alone = grader(
        *("grade", "wrong_answer-value_none/solution.py", "--format", "json"), cwd=folder
    )
    shown = grader("show", tmp_path / "r2", "wrong_answer-value_none", "--format", "json")

    assert one == two
    assert json.loads(alone[1]) | {"usage": 0} == json.loads(shown[1]) | {"usage": 0}
    assert len(summary(one)) == len(CLASS)


@pytest.mark.slow
def test_what_is_judged_stays_and_what_changed_is_judged_again(tmp_path, fill, grader, table):
    """A second run keeps all; a new source, another seed or --force judges, and all is kept."""
    folder, out = (
        fill(tmp_path / "class", "accepted/slots", "compile_error/nul_byte"),
        tmp_path / "r",
    )
    assert grader("grade", folder, "--out", out)[0] == 0
    before = table(out)

    assert "kept: 2" in grader("grade", folder, "--out", out)[1]
    assert table(out) == before
    (folder / "accepted-slots/solution.py").write_text("raise SystemExit")
    assert "kept: 1" in grader("grade", folder, "--out", out)[1]
    assert summary(table(out)) == {"accepted-slots": "CE", "compile_error-nul_byte": "CE"}
    assert "kept" not in grader("grade", folder, "--out", out, "--force")[1]
    assert "kept" not in grader("grade", folder, "--out", out, "--seed", 7)[1]
    assert {r["attempts"] for r in json.loads(grader("results", out, "--format", "json")[1])} == {
        3,
        4,
    }


def test_what_cannot_be_carried_out_is_said_before_anything_is_judged(tmp_path, grader):
    """No submissions, no --out, no such folder: code 2, one line."""
    (tmp_path / "class").mkdir()
    for arguments in (
        (tmp_path / "class", "--out", tmp_path / "r"),
        (tmp_path / "class",),
        (tmp_path / "none.zip", "--out", tmp_path / "r"),
        (__file__, "--out", tmp_path / "r"),
        (tmp_path / "class", "--out", tmp_path / "r", "--problem", "simple_rmm"),
    ):
        code, _, err = grader("grade", *arguments)

        assert code == 2
        assert err.startswith("grader: ")
        assert err.count("\n") == 1


@pytest.mark.slow
def test_interrupt_ends_cleanly_and_the_next_run_goes_on(tmp_path, fill, grader, kit):
    """Ctrl-C keeps what is judged, says what is left, and leaves no process and no folder."""
    folder = fill(tmp_path / "class", *CLASS)
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    process = start({**kit, "TMPDIR": str(scratch)}, folder, tmp_path / "r", "--jobs", "2")
    assert eventually(lambda: any_judged(tmp_path / "r"))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)

    assert process.returncode == 2, err
    assert b"interrupted" in err
    assert eventually(lambda: list(scratch.iterdir()) == [])
    assert grader("grade", folder, "--out", tmp_path / "r")[0] == 0


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_lost_or_twice(tmp_path, fill, grader, kit, table):
    """SIGKILL four times at random, then one run to the end: the table of a quiet run."""
    folder = fill(tmp_path / "class", *CLASS)
    assert grader("grade", folder, "--out", tmp_path / "quiet")[0] == 0
    chance, out = random.Random(6), tmp_path / "r"
    for _ in range(4):
        process = start(kit, folder, out, "--jobs", "2")
        time.sleep(chance.uniform(0.2, 3.0))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    code, _, err = grader("grade", folder, "--out", out)
    attempts = [r["attempts"] for r in json.loads(grader("results", out, "--format", "json")[1])]

    assert code == 0, err
    assert table(out) == table(tmp_path / "quiet")
    assert attempts == [1] * len(CLASS)


HONEST, TENTH, KILLS = 54, 6, 4  # with 180, 20 and 10 nothing changed either
FILES = (
    "accepted/slots",
    "accepted/golfed",
    "accepted/fortran_order",
    "wrong_answer/init_uniform",
)


def hand_in(folder, student, source):
    """Write a submission of a student."""
    (folder / student).mkdir(parents=True)
    (folder / student / "solution.py").write_bytes(source)


@pytest.mark.slow
def test_a_hostile_tenth_changes_nothing_for_the_others(tmp_path, grader, kit, table):
    """A class of 60, killed at four moments: 54 rows are those of a run without the other 6."""
    both, alone = tmp_path / "both", tmp_path / "alone"
    for number, name in zip(range(HONEST), itertools.cycle(FILES), strict=False):
        source = (CORPUS / "simple_rnn" / f"{name}.py").read_bytes() + f"\n# {number}\n".encode()
        for folder in (both, alone):
            hand_in(folder, f"honest{number:03}", source)
    quick = [
        s for s in samples("hostile") if s.problem == "simple_rnn" and not (s.waits or s.costly)
    ]
    for number, hostile in enumerate(random.Random(8).sample(quick, TENTH)):
        hand_in(both, f"hostile{number:02}-{hostile.path.stem}", hostile.source)
    assert grader("grade", alone, "--out", tmp_path / "quiet")[0] == 0
    chance, out = random.Random(7), tmp_path / "r"
    for _ in range(KILLS):
        process = start(kit, both, out, "--jobs", "2")
        time.sleep(chance.uniform(0.5, 4.0))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    code, _, err = grader("grade", both, "--out", out)

    rows = [r for r in json.loads(table(out)) if r["student"].startswith("honest")]
    assert code == 0, err
    assert len(rows) == HONEST
    assert rows == json.loads(table(tmp_path / "quiet"))


def test_judges_that_die_are_replaced(tmp_path, fill, kit):
    """A judge process that is killed takes no submission along."""
    folder = fill(tmp_path / "class", "accepted/slots", "accepted/golfed")
    process = start(kit, folder, tmp_path / "r", "--jobs", "1")
    assert eventually(lambda: judges_of(process))
    os.kill(judges_of(process)[0], signal.SIGKILL)
    out, err = process.communicate(timeout=120)

    assert process.returncode == 0, err
    assert b"2 of 2 submissions judged: 2 AC" in out


@pytest.mark.slow
@pytest.mark.cluster
def test_cluster_gives_the_same_reports(tmp_path, fill, grader, kit, table):
    """Two Dask workers, one of them killed half-way: the table of a local run."""
    folder = fill(tmp_path / "class", *CLASS)
    assert grader("grade", folder, "--out", tmp_path / "local")[0] == 0
    with cluster() as (address, victim):
        process = start(kit, folder, tmp_path / "r", "--scheduler", address)
        time.sleep(4)
        os.kill(victim, signal.SIGKILL)
        _, err = process.communicate(timeout=300)

    assert process.returncode == 0, err
    assert table(tmp_path / "r") == table(tmp_path / "local")


@pytest.mark.slow
@pytest.mark.cluster
def test_scheduler_that_does_not_answer_is_said(tmp_path, fill, grader):
    """No cluster at that address: code 2, the reason."""
    folder = fill(tmp_path / "class", "accepted/slots")
    code, _, err = grader("grade", folder, "--out", tmp_path / "r", "--scheduler", "nonsense://x")

    assert code == 2
    assert "scheduler" in err
