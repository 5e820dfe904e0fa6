"""The command as people run it: real processes, their codes, their words and their bytes."""

import json
import math
import os
import re
import shutil
import subprocess
import sys

import pytest

from grader.cases.suite import make_suite
from grader.cli import cli
from grader.problems.load import problem_ids
from tests.support import CORPUS, KIT, SIMPLE_RNN, clean_environment, run_grader, solution, thinned

WRONG = CORPUS / "simple_rnn" / "wrong_answer" / "init_scale_0_1.py"
FIELDS = {
    *("problem", "submission", "seed", "verdict", "score", "max_score", "groups", "diagnosis"),
    *("counterexample", "isolation"),
}


@pytest.fixture
def correct(tmp_path):
    """
    The path of a correct submission.
    """
    path = tmp_path / "solution.py"
    path.write_bytes(solution())
    return path


def refused(process, *words):
    """Whether the command was not carried out, with one line on stderr and nothing on stdout."""
    said = process.stderr.decode()
    assert process.returncode == 2
    assert process.stdout == b""
    assert said.startswith("grader: ")
    assert said.count("\n") == 1
    for word in words:
        assert word in said
    return True


@pytest.fixture(scope="module")
def wrong():
    """
    What the command prints for a wrong submission, as data.
    """
    return report_of(run_grader("grade", WRONG, "--format", "json"))


def report_of(process):
    return json.loads(process.stdout, parse_constant=lambda name: pytest.fail(name))


def test_accepted_is_code_0(correct):
    """
    A correct submission: code 0, the report on stdout, nothing on stderr.
    """
    process = run_grader("grade", correct)

    assert (process.returncode, process.stderr) == (0, b"")
    assert process.stdout.startswith(b"AC: accepted, 100 of 100 points\n")
    assert b"\x1b" not in process.stdout


def test_wrong_is_code_1():
    """
    A wrong submission: code 1, the report on stdout, nothing on stderr.
    """
    process = run_grader("grade", WRONG)

    assert (process.returncode, process.stderr) == (1, b"")
    assert process.stdout.startswith(b"WA: wrong answer")
    assert len(process.stdout.splitlines()) <= 25


def test_json_has_the_fields_of_the_contract(wrong):
    """
    `--format json` prints one object with every field of the contract, numbers finite.
    """
    assert wrong.keys() >= FIELDS
    assert (wrong["problem"], wrong["submission"], wrong["max_score"]) == (
        *("simple_rnn", str(WRONG)),
        100,
    )
    assert wrong["score"] == sum(g["score"] for g in wrong["groups"])
    for group in wrong["groups"]:
        assert group.keys() >= {"name", "verdict", "score", "max_score", "message"}
        assert type(group["score"]) is int
    assert {"seccomp", "landlock"} <= set(wrong["isolation"])
    assert all(math.isfinite(n) for n in wrong["usage"].values())


def test_counterexample_has_the_fields_of_the_contract(wrong):
    """
    The smallest failing case comes with sizes, inputs, both values and the first difference.
    """
    shown = wrong["counterexample"]

    assert shown.keys() >= {"sizes", "inputs", "expected", "actual", "first_difference"}
    assert shown["first_difference"]["expected"] != shown["first_difference"]["actual"]


def runs(file, times):
    reports = []
    for _ in range(times):
        data = report_of(run_grader("grade", file, "--format", "json"))
        del data["usage"]
        reports.append(json.dumps(data))
    return reports


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "wrong_answer/init_scale_0_1",
        "wrong_answer/adam_update",
        "run_time_error/raises_when_t_above_3",
    ],
)
def test_runs_are_the_same(name):
    """
    The same seed gives the same report, byte for byte, times apart.
    """
    assert len(set(runs(CORPUS / "simple_rnn" / f"{name}.py", 2))) == 1


@pytest.mark.slow
def test_other_folder_and_environment_make_no_difference(tmp_path, wrong):
    """
    The report does not depend on where the command runs, nor on the hash seed.
    """
    there = report_of(
        run_grader(
            *("grade", WRONG, "--format", "json"),
            cwd=tmp_path,
            env={"PYTHONHASHSEED": "7", "TMPDIR": str(tmp_path), "LC_ALL": "C"},
        )
    )

    assert {**there, "usage": 0} == {**wrong, "usage": 0}


def test_nothing_is_left_where_it_ran(correct, tmp_path):
    """
    Grading leaves no file in the working directory or the temporary one.
    """
    folder, scratch = tmp_path / "here", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir(mode=0o755)

    for file in (correct, WRONG):
        run_grader("grade", file, cwd=folder, env={"TMPDIR": str(scratch)})

    assert os.listdir(folder) == []
    assert os.listdir(scratch) == []


@pytest.mark.slow
def test_seed_is_taken_from_the_option(correct):
    """
    `--seed` fixes the suite that the same seed gives in any other process.
    """
    data = report_of(run_grader("grade", correct, "--format", "json", "--seed", "5"))

    assert data["seed"] == 5
    assert data["suite"]["digest"] == make_suite(SIMPLE_RNN, 5).digest


@pytest.mark.slow
def test_seed_is_taken_from_the_environment(correct):
    """
    GRADER_SEED counts where no option is given.
    """
    process = run_grader("grade", correct, "--format", "json", env={"GRADER_SEED": "5"})

    assert report_of(process)["seed"] == 5


@pytest.mark.slow
def test_option_outweighs_the_environment(correct):
    """
    `--seed` counts where both are given.
    """
    process = run_grader(
        *("grade", correct, "--format", "json", "--seed", "6"), env={"GRADER_SEED": "5"}
    )

    assert report_of(process)["seed"] == 6


@pytest.mark.parametrize("seed", thinned(["-1", "x", "1.5", str(2**70), ""]))
def test_seed_that_is_no_seed_is_refused(correct, seed):
    """
    A seed is a whole number that is not negative; anything else is told.
    """
    assert refused(run_grader("grade", correct, "--seed", seed), "seed")


def test_seed_in_the_environment_that_is_no_seed_is_refused(correct):
    """
    A bad GRADER_SEED is told and not ignored.
    """
    assert refused(run_grader("grade", correct, env={"GRADER_SEED": "abc"}), "abc")


@pytest.mark.parametrize(
    ("arguments", "words"),
    thinned(
        [
            (["grad"], ["did you mean grade"]),
            (["statment", "simple_rnn"], ["did you mean statement"]),
            (["xyzzy"], ["--help"]),
            (["grade"], ["SUBMISSION"]),
            (["grade", WRONG, "--problem", "simple_rn"], ["did you mean simple_rnn"]),
            (["grade", WRONG, "--problem", "zzz"], ["no problem", "grader problems"]),
            (["grade", WRONG, "--problem", "../problem/simple_rnn"], ["no problem"]),
            (["grade", WRONG, "--fromat", "json"], ["--format"]),
            (["grade", WRONG, "--format", "xlm"], ["xlm"]),
            (["grade", WRONG, WRONG, "--seed", "1", "too", "many"], ["nexpected"]),
            (["statement", "simple_rm"], ["did you mean simple_rnn"]),
            (["statement", "simple_rnn", "--lang", "fr"], ["fr"]),
        ],
        4,
    ),
)
def test_wrong_argument_is_told_in_one_line(arguments, words):
    """
    Every wrong argument gets one line with what may be meant, and code 2.
    """
    assert refused(run_grader(*arguments), *words)


def test_missing_file_is_told(tmp_path):
    """
    A file that is not there is named.
    """
    assert refused(run_grader("grade", tmp_path / "nothing.py"), "nothing.py")


def test_symbolic_link_is_refused(tmp_path, correct):
    """
    A link is not followed.
    """
    (tmp_path / "link.py").symlink_to(correct)

    assert refused(run_grader("grade", tmp_path / "link.py"), "symbolic link")


def test_fifo_is_refused_at_once(tmp_path):
    """
    A FIFO that nobody writes to does not hang the command.
    """
    os.mkfifo(tmp_path / "fifo.py")

    assert refused(run_grader("grade", tmp_path / "fifo.py"), "ordinary file")


@pytest.mark.parametrize("path", thinned(["/dev/zero", "/dev/null", "/dev/tty"], 1))
def test_device_is_refused(path):
    """
    A device is no submission.
    """
    assert refused(run_grader("grade", path), path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_is_told(correct):
    """
    A file without permission to read is named with the reason.
    """
    correct.chmod(0)

    assert refused(run_grader("grade", correct), "Permission denied")


def test_path_through_a_file_is_told(correct):
    """
    A path that goes through a file is refused.
    """
    assert refused(run_grader("grade", correct / "solution.py"), "solution.py")


def test_too_long_name_is_told():
    """
    A name that no file can have is refused.
    """
    assert refused(run_grader("grade", "x" * 5000))


def test_huge_file_is_not_read(tmp_path):
    """
    A file of 100 MB is CE and takes no longer than others.
    """
    file = tmp_path / "huge.py"
    with file.open("wb") as opened:
        opened.truncate(100 * 2**20)

    process = run_grader("grade", file)

    assert process.returncode == 1
    assert process.stdout.startswith(b"CE")
    assert b"larger than" in process.stdout


SOURCES = [b"", b"\0", b"x = '\0'", b"\xff\xfe", b"\xef\xbb\xbf", b"(" * 10_000, b"\n" * 100]


@pytest.mark.parametrize("source", thinned(SOURCES))
def test_source_that_is_no_program_is_ce(tmp_path, source):
    """
    Empty, NUL, binary or broken sources are CE with a report.
    """
    file = tmp_path / "solution.py"
    file.write_bytes(source)

    process = run_grader("grade", file)

    assert process.returncode == 1
    assert process.stdout.startswith(b"CE")


NAMES = ["\x1b[31m.py", "-x.py", "a b.py", "中文.py", "a\nb.py", "$(id).py", "'\".py", "%s{0}.py"]


@pytest.mark.parametrize("name", thinned(NAMES, 1, ids=ascii))
def test_hostile_file_name_does_no_harm(tmp_path, name):
    """
    A file name is data: it is judged, reported in JSON, and not obeyed by a terminal.
    """
    file = tmp_path / name
    file.write_bytes(b"x = 1\n")

    shown = run_grader("grade", "--", file)
    data = report_of(run_grader("grade", "--format", "json", "--", file))

    assert shown.returncode == 1
    assert b"\x1b" not in shown.stdout
    assert data["submission"] == str(file)


def test_hostile_missing_file_name_does_no_harm(tmp_path):
    """
    A message about a file that is not there passes no control character on.
    """
    process = run_grader("grade", tmp_path / "\x1b[2J\x07.py")

    assert process.returncode == 2
    assert b"\x1b" not in process.stderr
    assert b"\x07" not in process.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only where names are bytes")
def test_name_that_is_no_text_is_judged(tmp_path):
    """
    A file name that is no UTF-8 can be graded.
    """
    file = os.path.join(os.fsencode(tmp_path), b"\xff.py")
    with open(file, "wb") as opened:
        opened.write(solution())

    process = run_grader("grade", os.fsdecode(file), "--format", "json")

    assert process.returncode == 0, process.stderr
    assert json.loads(process.stdout)["verdict"] == "AC"


@pytest.fixture
def broken_kit(tmp_path):
    """
    A function that runs the command of a copy of the kit after one file of it was changed.
    """
    kit = tmp_path / "kit"
    for part in ("grader", "problem", "reference"):
        unfinished = shutil.ignore_patterns("*.pyc.*")
        shutil.copytree(KIT / part, kit / part, ignore=unfinished)  # with what is compiled of it

    def run(path, change, *arguments):
        file = kit / path
        if change is None:
            file.unlink()
        else:
            old = file.read_text("utf-8")
            file.write_text(change(old), "utf-8")
            assert file.read_text("utf-8") != old
        return run_grader(*arguments, env={"PYTHONPATH": str(kit)}, cwd=kit)

    return run


REFERENCE = "reference/simple_rnn.py"
FAULTS = {
    "reference raises": (REFERENCE, lambda old: old.replace("np.tanh(a)", "1 / 0")),
    "reference does not compile": (REFERENCE, lambda old: old + "\n)"),
    "reference is not finite": (REFERENCE, lambda old: old.replace("np.tanh(a)", "a * np.nan")),
    "reference has another shape": (
        REFERENCE,
        lambda old: old.replace("return self.outputs", "return self.outputs[:, :, 0]", 1),
    ),
    "driver does not compile": ("problem/simple_rnn/driver.py", lambda old: old + "\n)"),
    "driver lacks a group": (
        "problem/simple_rnn/driver.py",
        lambda old: old.replace("def conduct(", "def conducted("),
    ),
}


@pytest.mark.parametrize("fault", thinned(list(FAULTS)))
def test_judge_error_is_code_2_with_its_json(broken_kit, correct, fault):
    """
    Our own fault: code 2, one line on stderr, and the report with verdict JE and no points.
    """
    process = broken_kit(*FAULTS[fault], "grade", correct, "--format", "json")

    assert process.returncode == 2
    assert b"judge error" in process.stderr
    assert process.stderr.count(b"\n") == 1
    data = report_of(process)
    assert (data["verdict"], data["score"]) == ("JE", 0)
    assert data.keys() >= FIELDS


@pytest.mark.slow
def test_judge_error_as_text_prints_nothing_on_stdout(broken_kit, correct):
    """
    Without `--format json`, a judge error is told on stderr alone.
    """
    process = broken_kit(*FAULTS["reference is not finite"], "grade", correct)

    assert refused(process, "judge error")


def test_broken_problem_file_is_told(broken_kit, correct):
    """
    A problem that cannot be read is told with its file.
    """
    process = broken_kit(
        "problem/simple_rnn/problem.yaml", lambda old: "sises: 3\n" + old, "grade", correct
    )

    assert refused(process, "problem.yaml", "sises")


@pytest.mark.slow
def test_kit_without_reference_says_what_is_missing(broken_kit, correct):
    """
    Installed from the wheel, which holds no reference, grading says what it needs.
    """
    process = broken_kit(REFERENCE, None, "grade", correct)

    assert process.returncode == 2
    assert b"checkout" in process.stderr


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_the_commands(option):
    """
    Help lists every command once, by who needs it, on stdout, with code 0.
    """
    process = run_grader(option)

    named = re.findall(r"^  ([a-z][\w-]+)  +[A-Z]", process.stdout.decode(), re.MULTILINE)
    assert process.returncode == 0
    assert sorted(named) == sorted(cli.commands)


def test_help_of_grade_names_codes_and_options():
    """
    The help of `grade` says what the exit codes and options mean.
    """
    shown = run_grader("grade", "--help").stdout.decode()

    for word in ("xit code 0", "--problem", "--seed", "GRADER_SEED", "--format", "--isolation"):
        assert word in shown


def test_version_is_printed():
    """
    `--version` prints name and version.
    """
    process = run_grader("--version")

    assert process.returncode == 0
    assert process.stdout.startswith(b"grader ")


def test_problems_are_listed():
    """
    `problems` prints a line for each problem.
    """
    process = run_grader("problems")

    assert process.returncode == 0
    assert [line.split()[0].decode() for line in process.stdout.splitlines()] == problem_ids()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("problem_id", thinned(problem_ids(), everyday=1))
def test_statement_is_printed(problem_id, language):
    """
    `statement` prints the statement in the language asked for, whatever the locale.
    """
    env = {"PYTHONIOENCODING": "utf-8", "LANG": "zh_CN.UTF-8"}
    process = run_grader("statement", problem_id, "--lang", language, env=env)

    written = (KIT / "problem" / problem_id / f"statement.{language}.md").read_text("utf-8")
    assert process.returncode == 0
    assert process.stdout.decode("utf-8").strip() == written.strip()


@pytest.mark.parametrize("arguments", [["statement", "simple_rnn"], ["grade", WRONG]], ids=len)
def test_broken_pipe_is_quiet(arguments):
    """
    When nobody reads, there is no traceback.
    """
    reading, writing = os.pipe()
    os.close(reading)

    process = subprocess.run(
        [sys.executable, "-m", "grader", *map(str, arguments)],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=clean_environment(),
        timeout=60,
        check=False,
    )
    os.close(writing)

    assert process.stderr == b""
    assert process.returncode == 2


@pytest.mark.slow
def test_full_disk_is_told(correct):
    """
    A report that cannot be written is an error and not an acceptance.
    """
    with open("/dev/full", "wb") as full:
        process = subprocess.run(
            [sys.executable, "-m", "grader", "grade", str(correct)],
            stdout=full,
            stderr=subprocess.PIPE,
            env=clean_environment(),
            timeout=60,
            check=False,
        )

    assert process.returncode == 2
    assert process.stderr.startswith(b"grader: ")


@pytest.mark.slow
def test_closed_standard_streams_do_no_harm(correct):
    """
    Started without stdin, as a service is, the command grades all the same.
    """
    process = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -m grader grade "$1" 0<&-', sys.executable, str(correct)],
        capture_output=True,
        env=clean_environment(),
        timeout=60,
        check=False,
    )

    assert process.returncode == 0, process.stderr


@pytest.mark.slow
def test_script_and_module_are_the_same():
    """
    `python -m grader` and the installed `grader` answer alike.
    """
    script = os.path.join(os.path.dirname(sys.executable), "grader")
    if not os.path.exists(script):
        pytest.skip("no script is installed beside this interpreter")

    process = subprocess.run([script, "--version"], capture_output=True, check=False, timeout=60)

    assert process.stdout == run_grader("--version").stdout
