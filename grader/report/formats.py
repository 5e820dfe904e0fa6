"""Every format a report can be had in, by name."""

from collections.abc import Callable, Mapping

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

RENDER: Mapping[str, Callable[[Report, Environment], str]] = {
    "text": lambda report, _: text.render(report),
    "json": lambda report, _: json.render(report),
    "markdown": lambda report, _: markdown.render(report),
    "junit": lambda report, _: junit.render(report),
    "gradescope": lambda report, _: gradescope.render(report),
    "prairielearn": lambda report, _: prairielearn.render(report),
    "classroom50": classroom50.render,
    "github": lambda report, _: github.render(report),
}
