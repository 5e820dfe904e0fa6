"""Problem packages: accepted by verifyproblem, valid by the schemas that bapctools ships."""

import html
import importlib.resources
import io
import itertools
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.export.kattis import check_output, package, play, statement
from grader.problems.load import load_problem, problem_ids
from tests.support import SEED, run_grader, todays

NAME = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}")
# What problem2html asks TeX for, where no TeX is installed: a file, in the folders of TEXINPUTS.
KPSEWHICH = """#!/bin/sh
IFS=:
for folder in . "" $TEXINPUTS; do
  if [ -f "${folder:+$folder/}$1" ]; then echo "${folder:+$folder/}$1"; exit; fi
done
exit 1
"""
FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def answer(values, bounds):
    words = [" ".join(f"{v:.17g}" for v in part) for part in (values, bounds)]
    return f"W ({len(values)},) {words[0]} | {words[1]}"


@given(st.lists(FLOATS, min_size=1, max_size=4))
def test_what_is_printed_is_what_was_computed(values):
    """
    A number printed and read again is the same: within any bound, 0 included.
    """
    line = play.line("W", values)

    assert check_output.difference(answer(values, [0.0] * len(values)), line) == ""


@given(FLOATS, st.floats(min_value=0, max_value=1e300), FLOATS)
def test_right_means_within_the_bound(value, bound, actual):
    """
    No tolerance but the bound of that number, which is absolute.
    """
    right = check_output.difference(answer([value], [bound]), play.line("W", [actual])) == ""

    assert right == (abs(actual - value) <= float(f"{bound:.17g}"))


@pytest.mark.parametrize(
    "line",
    [
        *(None, "", "W", "W (2,) 1", "W (1,) 1 2", "W (1,1) 1", "V (1,) 1", "W (1,) nan"),
        *("W (1,) inf", "W (1,) 1_0", "W (1,) one", "W list", "W (1,) -1", "W (1,) 1.5 | 9"),
    ],
)
def test_anything_else_is_wrong_and_says_why(line):
    """
    Missing, of another shape or type, not a number, of the other sign.
    """
    assert check_output.difference("W (1,) 1 | 0.25", line) != ""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """
    A function from a format to the folder with simple_rnn's package in it.
    """

    def export(format_):
        root = tmp_path_factory.mktemp("kattis")
        data = package.export(load_problem("simple_rnn"), SEED, format_)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(root)
        return root

    return export


def test_statement_in_latex_has_no_command_of_its_own():
    """
    What LaTeX would obey is escaped, also in code and tables; Chinese lines join without a blank.
    """
    source = "# A_b\n\n50 % & `c--\\d`，\n中文\n中 {x}\n\n| a | b |\n| --- | --- |\n| ^ | `~$#` |\n"

    written = statement.latex(source)

    assert written.startswith("\\problemname{A\\_b}\n")
    assert "50 \\% \\& \\texttt{c-{}-\\textbackslash{}d}，中文中 \\{x\\}\n" in written
    assert "\\textasciicircum{} & \\texttt{\\textasciitilde{}\\$\\#} \\\\ \\hline" in written


@pytest.mark.slow
@pytest.mark.formats
@pytest.mark.parametrize(
    ("problem_id", "lang"), todays(list(itertools.product(problem_ids(), ["en", "zh"])), 3)
)
def test_statement_is_rendered_by_problemtools(problem_id, lang, tmp_path):
    """
    problem2html shows every word, line of code and cell of the statement, and no command of LaTeX.
    """
    problem = load_problem(problem_id)
    package_ = tmp_path / "p"
    folder = package_ / "problem_statement"
    (package_ / "data" / "sample").mkdir(parents=True)
    folder.mkdir()
    (package_ / "problem.yaml").write_text("problem_format_version: legacy\n")
    source = (problem.root / f"statement.{lang}.md").read_text("utf-8")
    (folder / f"problem.{lang}.tex").write_text(statement.latex(source), "utf-8")

    tool = Path(sys.executable).with_name("problem2html")
    (tmp_path / "kpsewhich").write_text(KPSEWHICH)
    (tmp_path / "kpsewhich").chmod(0o755)
    done = subprocess.run(
        [tool, "-l", lang, "-d", tmp_path / "html", package_],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "html" / "index.html").read_text("utf-8")
    shown = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert problem.name[lang] in page
    assert [piece for piece in pieces_of(source) if bare(piece) not in bare(shown)] == []
    assert not re.search(r"\\(?!n)[a-z]|textwidth|hline", shown)


def pieces_of(source):
    """What each paragraph, cell and block of code of a statement in Markdown says."""
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    yield from (t.content for t in tokens if t.type == "fence")
    for token in tokens:
        yield "".join(child.content for child in token.children or ())


def bare(text):
    """A text without what LaTeX makes of its own: blanks, quotation marks and dashes."""
    return re.sub(r"[\s'`\u2018\u2019\u201c\u201d\u2013\u2014\"-]+", "", text)


@pytest.mark.slow
@pytest.mark.formats
def test_legacy_package_is_accepted(unpacked):
    """
    verifyproblem has no error to report; right, wrong and raising submissions get their points.
    """
    root = unpacked("legacy")
    (root / "problemtools").mkdir()
    (root / "languages.yaml").rename(root / "problemtools" / "languages.yaml")
    tool = Path(sys.executable).with_name("verifyproblem")
    parts = ["config", "data", "validators", "graders", "submissions"]

    done = subprocess.run(
        [tool, "simplernn", "-j2", "-p", *parts],
        cwd=root,
        env={
            **os.environ,
            "PATH": f"{tool.parent}:{os.environ['PATH']}",  # python3 is the one with NumPy
            "XDG_CONFIG_HOME": str(root),
            "COVERAGE_PROCESS_CONFIG": "",
        },
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )

    said = done.stdout + done.stderr
    assert "simplernn tested: 0 errors, 0 warnings" in said, said
    assert "accepted/reference (Python 3 with NumPy) OK: AC (100)" in said
    assert re.search(r"partially_accepted/\w+ \(.*\) OK: AC \(35\)", said)
    assert "run_time_error/starter (Python 3 with NumPy) OK: RTE" in said


def schema_of(kind, part=None):
    """A schema that bapctools ships, or a part of it, its $refs joined to what stands beside them.

    As they are written, `additionalProperties: false` on both sides of a $ref forbids everything.
    """
    folder = importlib.resources.files("bapctools") / "resources/support/schemas"
    shipped = json.loads((folder / f"{kind}_yaml_schema.json").read_text("utf-8"))
    wanted = {"$ref": f"#/$defs/{part}", "properties": {}} if part else shipped
    return {"$defs": shipped["$defs"], **joined(wanted, shipped["$defs"])}


def joined(node, known):
    if isinstance(node, list):
        return [joined(part, known) for part in node]
    if not isinstance(node, dict):
        return node
    node = {k: v if k == "$defs" else joined(v, known) for k, v in node.items()}
    if "$ref" not in node or not {"properties", "additionalProperties"} & node.keys():
        return node
    target = joined(known[node.pop("$ref").rpartition("/")[2]], known)
    properties = {**target.get("properties", {}), **node.get("properties", {})}
    return {**target, **node, "properties": properties}


@pytest.mark.slow
@pytest.mark.formats
def test_package_of_2025_is_as_the_schemas_say(unpacked):
    """
    problem.yaml, submissions.yaml and every test_group.yaml; names are those the format allows.
    """
    root = unpacked("2025-09") / "simplernn"
    problem = yaml.safe_load((root / "problem.yaml").read_text("utf-8"))
    jsonschema.validate(problem, schema_of("problem"))
    sent = yaml.safe_load((root / "submissions/submissions.yaml").read_text("utf-8"))
    jsonschema.validate(sent, schema_of("submissions"))
    groups = sorted(root.glob("data/secret/*/test_group.yaml"))
    configured = [yaml.safe_load(file.read_text("utf-8")) for file in groups]
    for group in configured:
        jsonschema.validate(group, schema_of("test_group", "test_group_configuration"))
    for schema, broken in (
        (schema_of("problem"), {**problem, "limits": {"memry": 1}}),
        (schema_of("submissions"), {"accepted/x": {"permitted": ["OK"]}}),
        (schema_of("test_group", "test_group_configuration"), {"max_scor": 1}),
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)

    assert set(problem["name"]) == {f.name.split(".")[1] for f in (root / "statement").iterdir()}
    assert sum(group["max_score"] for group in configured) == 100
    assert {s["score"] for s in sent.values()} == {0, 35, 100}
    assert all(list((root / "submissions").glob(glob)) for glob in sent)
    files = [p for p in root.rglob("*") if p.is_file()]
    assert all(NAME.fullmatch(part) for p in files for part in p.relative_to(root).parts)
    assert all(p.read_bytes().endswith(b"\n") and b"\r" not in p.read_bytes() for p in files)


@pytest.mark.slow
@pytest.mark.parametrize(
    "problem_id", todays([p for p in problem_ids() if p not in ("simple_rnn", "torch_rnn")], 3)
)
def test_reference_passes_its_own_package(problem_id, tmp_path):
    """
    For other problems too: input is valid, the reference is right and the starter is not.
    """
    out = tmp_path / "p.zip"
    done = run_grader("export", "kattis", problem_id, "--out", out, "--format", "2025-09")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path)
    root = tmp_path / package.short_name(load_problem(problem_id))

    for asked in sorted(root.glob("data/*/**/*.in")):
        valid = python(root / "input_validators" / "check_input.py", stdin=asked.read_bytes())
        right = judged(root, "accepted/reference", asked)
        assert (valid.returncode, right) == (check_output.RIGHT, check_output.RIGHT)
    assert judged(root, "run_time_error/starter", asked) != check_output.RIGHT


def judged(root, submission, asked):
    """The output validator's code for what a submission gives on an input."""
    run = root / "run"
    run.mkdir(exist_ok=True)
    parts = [*(root / "include" / "python3numpy").iterdir()]
    for file in (*parts, root / "submissions" / submission / "solution.py"):
        (run / file.name).write_bytes(file.read_bytes())
    played = python(run / "__main__.py", stdin=asked.read_bytes())
    files = (asked, asked.with_suffix(".ans"), root)
    checker = root / "output_validator" / "validate.py"
    return python(checker, *files, stdin=played.stdout).returncode


def python(*command, stdin):
    return subprocess.run(
        [sys.executable, *map(str, command)], input=stdin, capture_output=True, check=False
    )
