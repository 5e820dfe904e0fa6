"""Every format is read by a program, or checked by a schema, that is not ours."""

import contextlib
import functools
import io
import json
import math
import unittest
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings

from grader.errors import GraderError
from grader.model import Diagnosis, Verdict
from grader.report import classroom50, formats, github, gradescope, junit, prairielearn
from grader.report import json as json_report
from tests.formats.reports import REPORT, stated
from tests.formats.test_github import issued
from tests.html import pages
from tests.support import run_grader

SCHEMAS = Path(__file__).with_name("schemas")
ENVIRONMENT = {
    "CLASSROOM": "rnn-2026",
    "ASSIGNMENT": "simple-rnn",
    "OWNER": "alice",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/a1b2c3d",
    "RELEASE_URL": "https://example.org/releases/tag/submit",
    "REVIEW_URL": "https://example.org/compare/a...b",
    "COMMIT_TIME": "2026-06-01T14:32:01Z",
}
few = settings(max_examples=30, deadline=None)


@functools.cache
def published():
    """What checks against the schema that `grader schema` prints."""
    return validator(json.loads(run_grader("schema").stdout))


def validator(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@functools.cache
def schema_of(name):
    return validator(json.loads((SCHEMAS / name).read_text()))


def strictly(text):
    """The JSON value, in which no number is without end."""
    return json.loads(text, parse_constant=lambda name: pytest.fail(name))


# JSON, by its published schema.


@pytest.mark.parametrize("sample", stated())
def test_json_is_as_the_schema_says(judged, sample):
    """
    The report of a real submission of every verdict is as `grader schema` says, and adds up.
    """
    report = judged(sample)

    data = strictly(json_report.render(report))
    published().validate(data)
    assert data["score"] == sum(g["score"] for g in data["groups"])
    assert data["max_score"] == sum(g["max_score"] for g in data["groups"]) == 100


@pytest.mark.parametrize("sample", stated())
def test_json_is_read_back(judged, sample):
    """
    A report made of stored JSON is the same, and every format of it too.
    """
    report = judged(sample)

    again = json_report.parse(json.loads(json_report.render(report)))
    assert json_report.render(again) == json_report.render(report)
    for name, render in formats.RENDER.items():
        if report.verdict is not Verdict.JE or name not in ("gradescope", "classroom50"):
            assert render(again, ENVIRONMENT) == render(report, ENVIRONMENT)


@few
@given(REPORT)
def test_any_json_is_as_the_schema_says(report):
    """
    So is a report with any texts in it, and it is read back.
    """
    data = strictly(json_report.render(report))

    published().validate(data)
    assert json_report.render(json_report.parse(data)) == json_report.render(report)


@pytest.mark.parametrize(
    ("where", "value"),
    [("verdict", "OK"), ("score", -1), ("score", 0.5), ("groups", []), ("seed", "7"), ("new", 1)],
)
def test_schema_refuses_what_is_no_report(judged, where, value):
    """
    The schema has teeth: a report with one thing wrong does not pass.
    """
    data = json.loads(json_report.render(judged("judge error")))

    assert not published().is_valid({**data, where: value})


# JUnit, by the XSD of Jenkins that pytest holds itself to, and by another library.


@pytest.fixture(scope="module")
def xsd():
    """
    The XSD, compiled.
    """
    import xmlschema

    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


@pytest.mark.formats
@pytest.mark.parametrize("sample", stated())
def test_junit_is_read_by_others(judged, xsd, sample):
    """
    The XSD accepts it, and junitparser counts a case for each group with the right outcome.
    """
    from junitparser import Error, Failure, JUnitXml, Skipped

    report = judged(sample)
    text = junit.render(report)

    xsd.validate(text)
    (suite,) = JUnitXml.fromstring(text.encode())
    assert suite.tests == len(list(suite)) == len(report.groups)
    for case, group in zip(suite, report.groups, strict=True):
        kinds = [type(r) for r in case.result]
        assert case.name == group.name
        assert (kinds == []) == (group.verdict is Verdict.AC)
        if report.verdict is Verdict.JE:
            assert kinds == [Error]
        elif group.verdict not in (None, Verdict.AC):
            assert kinds == [Failure]
            assert case.result[0].type == group.verdict
        elif group.verdict is None:
            assert kinds == [Failure if report.verdict is Verdict.CE else Skipped]
    counted = {"failures": Failure, "errors": Error, "skipped": Skipped}
    for name, kind in counted.items():
        assert getattr(suite, name) == sum(type(r) is kind for c in suite for r in c.result)


@pytest.mark.formats
@few
@given(report=REPORT)
def test_any_junit_is_read_by_others(xsd, report):
    """
    Texts of any kind do not break it, nor do they become part of its structure.
    """
    text = junit.render_all([report, report])

    xsd.validate(text)
    root = ET.fromstring(text)
    assert [c.get("name") for c in root.iter("testcase")] == [g.name for g in report.groups] * 2


def test_platforms_show_the_mistake_and_the_line_at_fault():
    """
    JUnit, annotations and Gradescope's results carry what was proved, where the first group fails.
    """
    lines = tuple(enumerate(("h = W @ x", "a = h + b", "y = tanh(h)"), 6))
    told = {"change": "-y = tanh(h)\n+y = tanh(a)", "told": True}
    found = (
        Diagnosis("carry", "The state is not carried.", line=None),
        Diagnosis("faulty-line", "Look at this line.", line=8, excerpt=lines, **told),
    )
    report = pages.report(diagnosis=found)
    failures = [f.text for f in ET.fromstring(junit.render(report)).iter("failure")]
    output = next(
        t["output"] for t in strictly(gradescope.render(report))["tests"] if t["status"] == "failed"
    )
    warnings = [c for c in issued(github.render(report)) if c[0] == "warning"]

    for shown in (failures[0], output, "\n".join(c[2] for c in warnings)):
        assert "The state is not carried." in shown
        assert "->    8  y = tanh(h)" in shown
        assert "+y = tanh(a)" in shown
    assert [c[1]["line"] for c in warnings] == ["1", "8"]


# Gradescope, by the documentation's rules and by gslocal.


def is_for_gradescope(text):
    """The data, if it is as the documentation says and holds nothing that is known to break."""
    data = strictly(text)
    schema_of("gradescope-results.schema.json").validate(data)
    assert "\r" not in text
    assert not any(v is None for t in data["tests"] for v in t.values())
    assert all(math.isfinite(t["score"]) for t in data["tests"])
    return data


@pytest.mark.formats
@pytest.mark.parametrize("sample", stated())
def test_gradescope_is_read_by_gslocal(judged, tmp_path, sample):
    """
    gslocal shows the points of the report; the maxima sum to 100; no test hides the total.
    """
    from gslocal.results import format_results

    report = judged(sample)
    if report.verdict is Verdict.JE:
        with pytest.raises(GraderError, match="judge error"):
            gradescope.render(report)
        return
    file, said = tmp_path / "results.json", io.StringIO()
    file.write_text(gradescope.render(report), encoding="utf-8")

    data = is_for_gradescope(file.read_text())
    with contextlib.redirect_stdout(said):
        format_results(file)
    assert f"{report.score:.2f} / 100.00" in said.getvalue()
    assert data["score"] == sum(t["score"] for t in data["tests"]) == report.score
    assert {t["visibility"] for t in data["tests"]} == {"visible"}
    assert [t["name"] for t in data["tests"]] == [g.name for g in report.groups]


@few
@given(REPORT)
def test_any_gradescope_is_as_documented(report):
    """
    Texts of any kind do no harm there.
    """
    is_for_gradescope(gradescope.render(report))


@pytest.mark.formats
def test_gradescope_schema_accepts_its_own_utils():
    """
    What gradescope-utils writes passes the schema that ours must pass.
    """
    from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

    class Case(unittest.TestCase):
        def test_one(self):
            """One."""

    written = io.StringIO()
    JSONTestRunner(stream=written).run(unittest.defaultTestLoader.loadTestsFromTestCase(Case))

    data = json.loads(written.getvalue())
    data["execution_time"] = float(data["execution_time"])  # a text, in that library
    schema_of("gradescope-results.schema.json").validate(data)


# Classroom 50, by its schema and the rules across its fields.


@pytest.mark.parametrize("sample", stated())
def test_classroom50_is_as_its_schema_says(judged, sample):
    """
    Scores are whole numbers that add up, and the identity is the one of the environment.
    """
    report = judged(sample)
    if report.verdict is Verdict.JE:
        with pytest.raises(GraderError, match="judge error"):
            classroom50.render(report, ENVIRONMENT)
        return

    data = strictly(classroom50.render(report, ENVIRONMENT))
    schema_of("classroom50-result-v1.schema.json").validate(data)
    assert data["score"] == sum(t["score"] for t in data["tests"]) <= data["max-score"] == 100
    assert data["max-score"] == sum(t["max-score"] for t in data["tests"])
    assert data["datetime"] == ENVIRONMENT["COMMIT_TIME"]


# PrairieLearn, by the rules of its externalGrader.


def process(results):
    """What PrairieLearn makes of results: score, gradable; AssertionError where it refuses them."""
    assert isinstance(results, dict)
    assert isinstance(results.get("succeeded", True), bool)
    if results.get("gradable") is False:
        errors = results.get("format_errors", [])
        assert isinstance(errors, str) or all(isinstance(e, str) for e in errors)
        return None
    score = results.get("score")
    assert isinstance(score, int | float)
    assert not isinstance(score, bool)
    assert math.isfinite(score)
    assert 0 <= score <= 1
    tests = results.get("tests", [])
    assert all("points" in t for t in tests) or not any("points" in t for t in tests)
    assert all(isinstance(t["name"], str) and t["max_points"] > 0 for t in tests)
    return score


@pytest.mark.parametrize("sample", stated())
def test_prairielearn_takes_it(judged, sample):
    """
    The score is the share of points; CE and JE cost no attempt and say why.
    """
    report = judged(sample)
    text = prairielearn.render(report)

    score = process(strictly(text))
    assert len(text.encode()) < 2**20
    if report.verdict in (Verdict.CE, Verdict.JE):
        assert score is None
        assert strictly(text)["format_errors"] != [""]
    else:
        assert score == report.score / 100
