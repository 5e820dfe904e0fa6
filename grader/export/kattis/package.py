"""The files of a package: the same parts, laid out and described as each format has it."""

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from grader.export import bundle
from grader.export.kattis import data
from grader.export.kattis.statement import latex
from grader.export.kattis.submissions import Example, examples
from grader.export.readme import readme
from grader.model import Problem, Verdict
from grader.problems import corpus
from grader.report.text import WIDTH

HERE = Path(__file__).parent
LANGUAGES = """# For problemtools, in ~/.config/problemtools: solutions need a Python with NumPy.
python3:
  name: Python 3 with NumPy
  compile: 'python3 -I -m py_compile {files}'
  run: 'python3 "{mainfile}"'
"""
LEGACY, OF_2025 = "legacy", "2025-09"
FORMATS = (LEGACY, OF_2025)
README = """
1. Put `languages.yaml` into `~/.config/problemtools`: solutions need a Python with NumPy.
{look}
3. Install it at your Kattis; solutions are files named `solution.py`.

Each test group is a group of test data, and the output validator compares every number with its
own bound. There is no smallest failing case and no likely cause there.
"""
LOOK = {
    LEGACY: """\
2. `verifyproblem {name}` checks the package, and `problem2html {name}` shows the statement, with
   `-l zh` in Chinese. A PDF in Chinese asks for a `problemset.cls` of yours beside the package that
   sets a Chinese font.""",
    OF_2025: """\
2. The package is valid by the schemas of BAPCtools; problemtools does not read 2025-09 yet, so for
   `verifyproblem` export with `--format legacy`.""",
}
OWNER = "the rnn-judge authors"
KNOWN = (Verdict.AC, Verdict.WA, Verdict.RTE, Verdict.TLE)  # verdicts that have a folder there
FOLDERS = {verdict: name for name, verdict in corpus.FOLDERS.items() if verdict in KNOWN}


def export(problem: Problem, seed: int, format_: str) -> bytes:
    """Return a zip with the package in a folder of its own, and languages.yaml beside it."""
    name = short_name(problem)
    make = _legacy if format_ == LEGACY else _of_2025
    files = make(problem, seed, examples(problem, seed))
    return bundle.pack(
        {
            "README.md": readme(
                f"{problem.name['en']}: package for Kattis ({format_})",
                README.format(look=LOOK[format_].format(name=name)),
                seed,
            ),
            "languages.yaml": LANGUAGES.encode(),
            **{f"{name}/{file}": content for file, content in files.items()},
        }
    )


def short_name(problem: Problem) -> str:
    """Return the name of the folder: small letters and digits only."""
    return "".join(c for c in problem.id.lower() if c.isalnum() and c.isascii())


def _legacy(problem: Problem, seed: int, sent: Sequence[Example]) -> dict[str, bytes]:
    about = {
        "problem_format_version": LEGACY,
        "name": problem.name["en"],
        "uuid": _uuid(problem),
        "type": "scoring",
        "license": "permission",
        "rights_owner": OWNER,
        "validation": "custom",
        "limits": {"memory": 1024, "output": 64, "time_multiplier": 5},
        "grading": {"objective": "max", "show_test_data_groups": True},
    }
    total = sum(g.max_score for g in problem.groups)
    every = {"range": f"0 {total}", "on_reject": "continue"}
    flags = "sum accept_if_any_accepted"
    files = {
        "problem.yaml": _yaml(about),
        **_statements(problem, "problem_statement"),
        "data/testdata.yaml": _yaml({**every, "grader_flags": f"{flags} ignore_sample"}),
        "data/sample/testdata.yaml": _yaml(
            {"grader_flags": "sum", "accept_score": 0, "range": "0 0"}
        ),
        "data/secret/testdata.yaml": _yaml({**every, "grader_flags": flags}),
        **_programs(problem, "python3", "input_validators", "output_validators"),
    }
    for example in sent:
        folder = "partially_accepted" if 0 < example.score < total else FOLDERS[example.verdict]
        files[f"submissions/{folder}/{example.name}/solution.py"] = example.source
    for number, (group, cases) in enumerate(data.secret(problem, seed), 1):
        folder = f"data/secret/{number}_{group.name}"
        score = {"accept_score": group.max_score, "range": f"0 {group.max_score}"}
        files[f"{folder}/testdata.yaml"] = _yaml(
            {**score, "on_reject": "break", "grader_flags": "min"}
        )
        files |= _cases(folder, cases)
    return files | _cases("data/sample", data.sample(problem))


def _of_2025(problem: Problem, seed: int, sent: Sequence[Example]) -> dict[str, bytes]:
    about = {
        "problem_format_version": OF_2025,
        "name": dict(problem.name),
        "uuid": _uuid(problem),
        "type": "scoring",
        "license": "permission",
        "rights_owner": OWNER,
        "languages": ["python3numpy"],
    }
    files = {
        "problem.yaml": _yaml(about),
        **_statements(problem, "statement"),
        "data/secret/test_group.yaml": _yaml({"max_score": 100, "score_aggregation": "sum"}),
        **_programs(problem, "python3numpy", "input_validators", "output_validator"),
        "submissions/submissions.yaml": _yaml(
            {f"{FOLDERS[e.verdict]}/{e.name}": _expectation(e) for e in sent}
        ),
    }
    for example in sent:
        folder = FOLDERS[example.verdict]
        files[f"submissions/{folder}/{example.name}/solution.py"] = example.source
    folders = {g.name: f"{n}_{g.name}" for n, g in enumerate(problem.groups, 1)}
    for group, cases in data.secret(problem, seed):
        folder = f"data/secret/{folders[group.name]}"
        needs = [f"secret/{folders[r]}" for r in group.requires if problem.group(r).max_score]
        files[f"{folder}/test_group.yaml"] = _yaml(
            {
                "max_score": group.max_score,
                "score_aggregation": "pass-fail",
                **({"require_pass": needs} if needs else {}),
            }
        )
        files |= _cases(folder, cases)
    return files | _cases("data/sample", data.sample(problem))


def _statements(problem: Problem, folder: str) -> dict[str, bytes]:
    """Return the statement in every language."""
    return {
        f"{folder}/problem.{lang}.tex": latex(
            (problem.root / f"statement.{lang}.md").read_text(encoding="utf-8")
        ).encode()
        for lang in problem.name
    }


def _expectation(example: Example) -> dict[str, object]:
    """Return what must come of a submission; Kattis has no verdicts but these."""
    verdict = str(example.verdict)
    permitted = sorted({"AC", verdict}) if example.score else [verdict]
    return {"permitted": permitted, "required": [verdict], "score": example.score}


def _programs(problem: Problem, language: str, inputs: str, outputs: str) -> dict[str, bytes]:
    """Return what plays a submission, and what checks input and output."""
    checker = f"{outputs}/check_output.py" if outputs.endswith("s") else f"{outputs}/validate.py"
    return {
        f"include/{language}/__main__.py": (HERE / "play.py").read_bytes(),
        f"include/{language}/driver.py": (problem.root / "driver.py").read_bytes(),
        f"{inputs}/check_input.py": (HERE / "check_input.py").read_bytes(),
        checker: (HERE / "check_output.py").read_bytes(),
    }


def _cases(folder: str, cases: list[tuple[str, str]]) -> dict[str, bytes]:
    files = {}
    for number, (asked, answer) in enumerate(cases, 1):
        files[f"{folder}/{number:02}.in"] = asked.encode()
        files[f"{folder}/{number:02}.ans"] = answer.encode()
    return files


def _uuid(problem: Problem) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"rnn-judge:{problem.id}"))


def _yaml(value: Mapping[str, object]) -> bytes:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=WIDTH).encode()
