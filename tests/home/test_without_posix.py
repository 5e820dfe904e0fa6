"""Every command of a student, and of who reads results, where there is nothing of POSIX."""

import json
import shutil

import pytest

from grader.problems.load import problem_ids
from grader.sandbox.plain import LAYERS
from grader.sandbox.spawn import available
from tests.home.conftest import started
from tests.support import CORPUS, KIT, needs_of, thinned

SIMPLE = CORPUS / "simple_rnn"
RIGHT = SIMPLE / "accepted" / "slots.py"
WRONG = SIMPLE / "wrong_answer" / "carry_missing_vectorised.py"
OTHERS = [
    SIMPLE / "compile_error" / "backward_outside_class.py",
    SIMPLE / "run_time_error" / "raises_when_t_above_3.py",
    SIMPLE / "wrong_answer" / "value_shape_without_last_axis.py",
]
FIRST = [
    pytest.param(
        min((CORPUS / p / folder).glob("*.py")),
        id=f"{p}-{folder}",
        marks=[pytest.mark.slow, *needs_of(p)],
    )
    for p in problem_ids()
    for folder in ("accepted", "wrong_answer")
    if folder == "wrong_answer" or not needs_of(p)  # importing PyTorch takes seconds
]

# platformdirs asks which system it is on by name, and then for what that has.
PLUGINS = ("-p", "no:cacheprovider", "-p", "no:platformdirs")


def same(one, other):
    """Whether two processes ended alike and printed the same, but for what is said of isolation."""
    told = [
        [line for line in p.stdout.decode().splitlines() if "isolation" not in line]
        for p in (one, other)
    ]
    assert told[0] == told[1]
    assert (one.returncode, one.stderr) == (other.returncode, other.stderr)
    return bool(told[0])


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(WRONG, id="wrong"),
        *(pytest.param(f, id=f.stem, marks=pytest.mark.slow) for f in (RIGHT, *OTHERS)),
        *FIRST,
    ],
)
def test_check_says_the_same(grader, bare, file):
    """
    The same lines and the same code as in the sandbox, whatever is wrong with the file.
    """
    assert same(grader("check", file), bare("check", file))


@pytest.mark.slow
def test_check_says_that_nothing_is_shut_in(bare):
    """
    A report from a plain process says so.
    """
    said = bare("check", RIGHT)

    assert said.returncode == 0
    assert b"without isolation" in said.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """
    A folder of results of a class of two.
    """
    folder = tmp_path_factory.mktemp("class")
    for student, file in {"alice": RIGHT, "张伟": WRONG}.items():
        (folder / "all" / student).mkdir(parents=True)
        shutil.copy(file, folder / "all" / student / "solution.py")
    done = started("-P", "-m", "grader", "grade", "all", "--out", "results", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "results"


READING = [
    ("results", "{results}"),
    ("results", "{results}", "--by", "diagnosis"),
    ("results", "{results}", "--html", "site"),
    ("show", "{results}", "alice"),
    ("compare", "{results}", "{results}"),
    ("gradebook", "{results}"),
    ("feedback", "{results}", "--folder", "back", "--force"),
]


@pytest.mark.skipif(not available(), reason="a class is graded on Linux")
@pytest.mark.parametrize("command", thinned([(c,) for c in READING], 0, lambda v: " ".join(v[0])))
def test_results_are_read(grader, bare, results, command):
    """
    What was graded elsewhere is read here.
    """
    command = [part.format(results=results) for part in command]

    assert same(grader(*command), bare(*command))


@pytest.mark.parametrize(
    "command",
    [
        ("problems",),
        pytest.param(("statement", "rnn_cell", "--lang", "zh"), marks=pytest.mark.slow),
    ],
)
def test_what_is_only_printed(grader, bare, command):
    """
    Lists and statements are the same.
    """
    assert same(grader(*command), bare(*command))


@pytest.mark.slow
def test_new_and_samples_write(bare, tmp_path):
    """
    A starter is written, and samples are, from a reference.
    """
    shutil.copytree(KIT / "problem" / "simple_rnn", tmp_path / "problem" / "simple_rnn")
    (tmp_path / "reference").mkdir()
    shutil.copy(KIT / "reference" / "simple_rnn.py", tmp_path / "reference")
    before = sorted((KIT / "problem" / "simple_rnn" / "samples").glob("*"))

    new = bare("new", "simple_rnn", "mine")
    samples = bare("samples", "simple_rnn", GRADER_PROBLEMS=str(tmp_path / "problem"))

    assert (new.returncode, samples.returncode) == (0, 0), samples.stderr
    assert (tmp_path / "mine" / "solution.py").is_file()
    written = [tmp_path / "problem" / "simple_rnn" / "samples" / f.name for f in before]
    assert [f.read_bytes() for f in written] == [f.read_bytes() for f in before]


def test_grade_says_what_it_needs(bare):
    """
    Grading asks for Linux in one line, and offers a way for own trials.
    """
    refused = bare("grade", RIGHT)

    assert refused.returncode == 2
    assert refused.stderr.count(b"\n") == 1
    assert b"Linux" in refused.stderr
    assert b"--isolation none" in refused.stderr


@pytest.mark.slow
def test_grade_without_isolation_says_the_same(grader, bare):
    """
    Verdict, points, smallest case and diagnosis are those of the sandbox.
    """
    full = json.loads(grader("grade", WRONG, "--format", "json").stdout)
    plain = json.loads(bare("grade", WRONG, "--isolation", "none", "--format", "json").stdout)

    assert plain["isolation"] == []
    assert plain["missing_isolation"] == dict(LAYERS)
    different = {"isolation", "missing_isolation", "usage"}
    assert {k: v for k, v in plain.items() if k not in different} == {
        k: v for k, v in full.items() if k not in different
    }


def test_a_class_is_never_graded_without_isolation(grader):
    """
    What others wrote is not run as one's own.
    """
    refused = grader("grade", SIMPLE, "--out", "results", "--isolation", "none")

    assert refused.returncode == 2
    assert b"never for a class" in refused.stderr


@pytest.mark.slow
def test_pytest_plugin(bare, tmp_path):
    """
    The groups are tests there too, and the header says that nothing is shut in.
    """
    shutil.copy(WRONG, tmp_path / "solution.py")

    ran = bare("--submission", "solution.py", *PLUGINS, module="pytest")

    assert ran.returncode == 1, ran.stderr
    assert b"1 failed, 2 passed, 2 skipped" in ran.stdout
    assert b"a plain process" in ran.stdout


@pytest.mark.slow
@pytest.mark.parametrize("way", ["grader", "bare"])
def test_pytest_plugin_of_a_student(request, tmp_path, way):
    """
    Where there is no reference, as in what students are given, the checks are the tests.
    """
    (tmp_path / "kit").mkdir()
    shutil.copytree(KIT / "problem" / "simple_rnn", tmp_path / "kit" / "problem" / "simple_rnn")
    shutil.copy(WRONG, tmp_path / "solution.py")
    command = ("--submission", "solution.py", *PLUGINS, "-rs")
    problems = {"GRADER_PROBLEMS": str(tmp_path / "kit" / "problem")}

    if way == "bare":
        ran = request.getfixturevalue("bare")(*command, module="pytest", **problems)
    else:
        ran = started("-P", "-m", "pytest", *command, cwd=tmp_path, **problems)

    assert ran.returncode == 1, ran.stderr
    assert b"2 failed, 6 passed, 3 skipped" in ran.stdout
    assert b"not tried yet, because backward is not right" in ran.stdout
    assert b"public checks only" in ran.stdout
