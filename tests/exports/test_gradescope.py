"""The autograder.zip in a fake /autograder tree, set up and run by its own two scripts."""

import os
import re
import shutil
import stat
import zipfile

import pytest

from tests.exports import machine
from tests.formats.test_readers import is_for_gradescope
from tests.notebooks.make import notebook
from tests.outside.test_students_folder import UNAVOIDABLE, names, plant
from tests.support import CORPUS, run_grader, solution

pytestmark = [pytest.mark.slow, machine.needs_root]
WRONG = (CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py").read_bytes()
SEED = "987654321987"
# What it finds out is printed, and so in the results: nobody, in an empty folder, sees no answer.
CURIOUS = """
found = []
for path in ("/autograder/source/kit/reference/simple_rnn.py", "/autograder/source/run_autograder",
             "/autograder/submission/solution.py", "/autograder/results/stdout",
             "/autograder/submission_metadata.json", "/proc/self/environ", "/etc/shadow"):
    try:
        found.append(open(path, "rb").read())
    except OSError:
        pass
for folder in ("/autograder", "/autograder/source", "/autograder/source/kit/reference"):
    try:
        found.append(os.listdir(folder))
    except OSError:
        pass
try:
    open("/autograder/results/results.json", "w").write('{"score": 100}')
    found.append("written")
except OSError:
    pass
print("FOUND", found, os.getuid(), "reference" in str(sys.modules.keys()))
"""


class Autograder:
    """The unpacked zip and what Gradescope puts beside it."""

    def __init__(self, root, archive):
        self.root = root
        for name in ("source", "submission", "results"):
            (root / name).mkdir()
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(root / "source")
            self.names = packed.namelist()
            for info in packed.infolist():
                (root / "source" / info.filename).chmod(info.external_attr >> 16)
        shutil.copy(root / "source" / "run_autograder", root)
        (root / "submission_metadata.json").write_text("{}")
        self.built = machine.run(
            root, "/autograder", ["/autograder/source/setup.sh"], env=_pip(), cwd="/autograder"
        )

    def grade(self, files, cwd="/"):
        """Process and results of a submission of those files, started where cwd says."""
        for name in ("submission", "results"):
            shutil.rmtree(self.root / name)
            (self.root / name).mkdir()
        for name, source in files.items():
            (self.root / "submission" / name).write_bytes(source)
        with machine.small() as prefix:
            process = machine.run(
                self.root, "/autograder", ["/autograder/run_autograder"], prefix=prefix, cwd=cwd
            )
        file = self.root / "results" / "results.json"
        return process, is_for_gradescope(file.read_text()) if file.exists() else None


def _pip():
    """Where pip finds packages here, whatever it is."""
    return {n: v for n, v in os.environ.items() if n.startswith("PIP_") or "proxy" in n.lower()}


@pytest.fixture(scope="module")
def autograder(tmp_path_factory):
    """
    The autograder of simple_rnn, set up once.
    """
    root = tmp_path_factory.mktemp("gradescope")
    done = run_grader(
        "export", "gradescope", "simple_rnn", "--seed", SEED, "--out", root / "autograder.zip"
    )
    assert done.returncode == 0, done.stderr
    (root / "autograder").mkdir()
    made = Autograder(root / "autograder", root / "autograder.zip")
    assert made.built.returncode == 0, made.built.stderr
    return made


def test_scripts_are_at_the_root_and_executable(autograder):
    """
    Both scripts are where Gradescope looks, can be run, and nobody else may read the answers.
    """
    for name in ("setup.sh", "run_autograder"):
        file = autograder.root / "source" / name
        assert file.read_bytes().startswith(b"#!")
        assert file.stat().st_mode & stat.S_IXUSR
    assert "kit/reference/simple_rnn.py" in autograder.names
    assert [n for n in autograder.names if n.endswith(".whl")] != []
    assert stat.S_IMODE((autograder.root / "source").stat().st_mode) == 0o700


def test_right_and_wrong_submissions(autograder):
    """
    Full points, and the points of the text report, by cases of the exported seed.
    """
    right, full = autograder.grade({"solution.py": solution()})
    wrong, some = autograder.grade(
        {"rnn.ipynb": notebook(WRONG.decode())}
    )  # the only file, whatever its name

    assert (right.returncode, wrong.returncode) == (0, 0), right.stderr + wrong.stderr
    assert (full["score"], some["score"]) == (100, 35)
    assert some["extra_data"]["verdict"] == "WA"
    assert str(some["extra_data"]["seed"]) == SEED


def test_hostile_submission_finds_nothing(autograder):
    """
    It runs as nobody, reads no file of the autograder, and writes no results.
    """
    process, results = autograder.grade({"solution.py": solution(at_import=CURIOUS) + b"raise 1"})

    (said,) = re.findall(r"Printed: FOUND (.*)", process.stdout)
    assert results["score"] == 0
    assert said.startswith("[] ")
    assert said.split()[1] not in ("0", str(os.getuid()))
    assert "False" in said


def test_nothing_beside_the_submission_is_run(autograder, tmp_path):
    """
    Modules planted for every name that may be imported: as if they were not there.
    """
    proof = plant(tmp_path, [*names(), *UNAVOIDABLE])
    planted = {f.name: f.read_bytes() for f in tmp_path.glob("*.py")}

    process, results = autograder.grade(
        {**planted, "solution.py": solution()}, cwd="/autograder/submission"
    )

    assert process.returncode == 0, process.stderr
    assert not proof.exists(), proof.read_text()
    assert results["score"] == 100


def test_memory_and_time_run_out_inside(autograder):
    """
    Within 768 MiB and half a processor the judge's own limits come first: MLE is a result.
    """
    process, results = autograder.grade(
        {"solution.py": solution(forward="self.big = np.ones((4096, 2**20))")}
    )

    assert process.returncode == 0, process.stderr
    assert results["extra_data"]["verdict"] == "MLE"


def test_nothing_handed_in_is_told(autograder):
    """
    No file, or several of which none is named solution: 0 points and what to do.
    """
    for files in ({}, {"a.py": b"", "b.ipynb": b""}):
        process, results = autograder.grade(files)

        assert (process.returncode, results["score"]) == (0, 0)
        assert "solution.py" in results["output"]


def test_judge_error_leaves_no_results(autograder):
    """
    Our own fault: no results file, and a code that tells staff to run it again.
    """
    reference = autograder.root / "source" / "kit" / "reference" / "simple_rnn.py"
    original = reference.read_text()
    reference.write_text("raise OSError('disk')")
    try:
        process, results = autograder.grade({"solution.py": solution()})
    finally:
        reference.write_text(original)

    assert process.returncode != 0
    assert results is None
    assert os.listdir(autograder.root / "results") == []
    assert "judge error" in process.stderr
