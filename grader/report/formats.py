"""Every format a report can be had in, by name."""

from collections.abc import Callable, Mapping
from importlib.util import find_spec

from grader.errors import GraderError
from grader.model import Report
from grader.report import (
    classroom50,
    github,
    gradescope,
    json,
    junit,
    markdown,
    prairielearn,
    text,
)

Environment = Mapping[str, str]
HTML_NEEDS = ("jinja2", "matplotlib")


def need_html() -> None:
    """Raise GraderError, saying what to install, where HTML cannot be written."""
    missing = [name for name in HTML_NEEDS if find_spec(name) is None]
    if missing:
        raise GraderError(
            f"the format html needs {' and '.join(missing)}: pip install 'rnn-judge[html]'"
        )


def _html(report: Report, _: Environment) -> str:
    from grader.report.html import student  # noqa: PLC0415  # an extra, and slow to import

    return student.render(report)


RENDER: Mapping[str, Callable[[Report, Environment], str]] = {
    "text": lambda report, _: text.render(report),
    "json": lambda report, _: json.render(report),
    "html": _html,
    "markdown": lambda report, _: markdown.render(report),
    "junit": lambda report, _: junit.render(report),
    "gradescope": lambda report, _: gradescope.render(report),
    "prairielearn": lambda report, _: prairielearn.render(report),
    "classroom50": classroom50.render,
    "github": lambda report, _: github.render(report),
}
