"""What GitHub's runner would do on reading our output: only what we want, whatever is in it."""

import re
import shutil
from urllib.parse import unquote

import pytest
from hypothesis import given, settings

from grader.model import Verdict
from grader.report import escape, github, markdown
from tests.formats.reports import HOSTILE, REPORT, stated
from tests.support import CORPUS, KIT, run_grader, solution

KNOWN = {
    *("error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "set-output"),
    *("set-env", "add-path", "save-state", "stop-commands", "echo", "add-matcher"),
}
few = settings(max_examples=40, deadline=None)


def issued(output):
    """The commands that the runner finds in a step's output: name, properties, message.

    It looks for ::name properties::message at the start of a line, blanks apart, and for
    ##[name properties]message anywhere in a line; after stop-commands only for the token.
    """
    found, token = [], None
    for line in re.split(r"\r\n|\r|\n", output):
        command = _new(line, {token} if token else KNOWN)
        command = command or _old(line, {token} if token else KNOWN)
        if command and token:
            token = None
        elif command:
            found.append(command)
            token = command[2] if command[0] == "stop-commands" else None
    assert token is None, "commands are still stopped at the end"
    return [c for c in found if c[0] != "stop-commands"]


def _new(line, known):
    parts = line.lstrip().split("::", 2)
    if len(parts) < 3 or parts[0]:
        return None
    name, _, listed = parts[1].partition(" ")
    pairs = [p.partition("=") for p in listed.split(",") if p]
    properties = {n: unquote(v) for n, _, v in pairs}
    return (name, properties, unquote(parts[2])) if name in known else None


def _old(line, known):
    match = re.search(r"##\[([^ \]]+)[^\]]*\](.*)", line)
    return (match[1], {}, match[2]) if match and match[1] in known else None


def test_the_parser_finds_forged_commands():
    """
    It would notice: both ways to write a command are found in text as it stands.
    """
    assert issued("  ::error file=a.py,line=1::x%0Ay") == [
        ("error", {"file": "a.py", "line": "1"}, "x\ny")
    ]
    assert issued("I say ##[add-mask]secret") == [("add-mask", {}, "secret")]
    assert issued("::stop-commands::t\n::error::x\n::t::") == []


@few
@given(HOSTILE, HOSTILE)
def test_message_and_property_survive_the_way(message, value):
    """
    Text comes out of a command as it went in, and nothing beside it.
    """
    line = f"::error file={escape.workflow_property(value)}::{escape.workflow_message(message)}"

    assert issued(line) == [("error", {"file": escape.terminal(value)}, message)]


@few
@given(HOSTILE)
def test_bracketed_text_issues_nothing(text):
    """
    Whatever is in it, commands are obeyed again afterwards, and not before.
    """
    assert issued(f"{escape.bracketed(text)}\n::notice::on") == [("notice", {}, "on")]


@few
@given(REPORT)
def test_any_report_issues_our_commands_only(report):
    """
    An error for each failed group or the whole, a warning a mistake, a notice; all of the file.
    """
    commands = issued(github.render(report))

    kinds = [c[0] for c in commands]
    assert set(kinds) <= {"error", "warning", "notice"}
    assert kinds.count("warning") == len(report.diagnosis)
    assert kinds.count("notice") == 1
    assert len(kinds) <= len(report.groups) + len(report.diagnosis) + 2
    assert {c[1]["file"] for c in commands} == {escape.terminal(report.submission)}
    assert all(int(c[1]["line"]) >= 1 for c in commands)


@few
@given(REPORT)
def test_any_summary_is_small(report):
    """
    A step's summary may have a mebibyte; ours takes a small part of it.
    """
    assert len(markdown.render(report).encode()) < 2**16


@pytest.mark.parametrize("sample", stated())
def test_real_reports_are_annotated(judged, sample):
    """
    Every failed group has its annotation, at its line.
    """
    report = judged(sample)

    errors = [c for c in issued(github.render(report)) if c[0] == "error"]
    failed = [g for g in report.groups if g.verdict not in (None, Verdict.AC)]
    lines = {g.name: str(g.line or 1) for g in failed}
    assert {c[1]["title"].split()[1]: c[1]["line"] for c in errors if failed} == lines
    assert bool(errors) == (report.verdict is not Verdict.AC)


def in_a_job(tmp_path, source):
    """A process as a step of a job, its summary and its outputs."""
    file, summary, outputs = (tmp_path / n for n in ("solution.py", "summary.md", "outputs"))
    file.write_bytes(source)
    summary.write_text("before\n")
    env = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(outputs)}
    process = run_grader("grade", "solution.py", "--format", "github", env=env, cwd=tmp_path)
    return (
        process,
        summary.read_text(),
        dict(line.split("=", 1) for line in outputs.read_text().splitlines()),
    )


def test_step_of_a_wrong_answer(tmp_path):
    """
    The annotation is at the method; summary and outputs are appended to the files named.
    """
    source = (CORPUS / "simple_rnn/wrong_answer/carry_missing_vectorised.py").read_bytes()

    process, summary, outputs = in_a_job(tmp_path, source)

    commands = issued(process.stdout.decode())
    (error,) = [c for c in commands if c[0] == "error"]
    (cause,) = [c for c in commands if c[0] == "warning"]
    line = source.decode().splitlines()[int(error[1]["line"]) - 1]
    assert cause[1]["title"] == "Likely cause (nothing-carried-back)"
    assert cause[1]["line"] == error[1]["line"]
    assert process.returncode == 1
    assert line.strip().startswith("def backward")
    assert error[1]["file"] == "solution.py"
    assert summary.startswith("before\n## WA: wrong answer, 35 of 100 points")
    assert outputs == {"verdict": "WA", "score": "35", "max_score": "100"}


@pytest.mark.slow
def test_step_of_a_hostile_exception(tmp_path):
    """
    An exception's text is told at its own line and issues nothing.
    """
    raises = "raise ValueError('\\n::add-mask::x\\n##[set-output name=score;]100')"
    source = solution(forward=raises)

    process, _, outputs = in_a_job(tmp_path, source)

    commands = issued(process.stdout.decode() + process.stderr.decode())
    (error,) = [c for c in commands if c[0] == "error"]
    assert [c[0] for c in commands if c[0] != "warning"] == ["error", "notice"]
    assert source.decode().splitlines()[int(error[1]["line"]) - 1].strip() == raises
    assert outputs["verdict"] == "RTE"


@pytest.mark.slow
def test_step_of_a_file_that_cannot_be_imported(tmp_path):
    """
    The annotation is at the line that kept it from being imported.
    """
    process, _, outputs = in_a_job(tmp_path, b"import numpy\n\nimport nothing_such\n")

    (error,) = [c for c in issued(process.stdout.decode()) if c[0] == "error"]
    assert error[1] == {"file": "solution.py", "line": "3", "title": "CE"}
    assert outputs == {"verdict": "CE", "score": "0", "max_score": "100"}


@pytest.mark.slow
def test_step_with_a_judge_error(tmp_path):
    """
    Code 2, nothing on standard output, and no score in the outputs.
    """
    shutil.copytree(KIT / "problem" / "simple_rnn", tmp_path / "kit" / "problem" / "simple_rnn")
    (tmp_path / "kit" / "reference").mkdir()
    (tmp_path / "kit" / "reference" / "simple_rnn.py").write_text("raise OSError('disk')")
    (tmp_path / "solution.py").write_bytes(solution())
    outputs = tmp_path / "outputs"
    env = {"GITHUB_OUTPUT": str(outputs), "GRADER_PROBLEMS": str(tmp_path / "kit" / "problem")}

    process = run_grader("grade", "solution.py", "--format", "github", env=env, cwd=tmp_path)

    assert (process.returncode, process.stdout) == (2, b"")
    assert process.stderr.startswith(b"grader: judge error: ")
    assert outputs.read_text() == "verdict=JE\n"
