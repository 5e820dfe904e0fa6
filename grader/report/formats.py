"""Every format a report can be had in, by name."""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.model import Report

Environment = Mapping[str, str]
Render = Callable[["Report", Environment], str]
HTML_NEEDS = ("jinja2", "matplotlib")


def need_html() -> None:
    """Raise GraderError, saying what to install, where HTML cannot be written."""
    missing = [name for name in HTML_NEEDS if find_spec(name) is None]
    if missing:
        raise GraderError(
            f"the format html needs {' and '.join(missing)}: pip install {' '.join(missing)}"
        )


def _of(module: str) -> Render:
    """Return the function `render` of a module, which is imported when a report is wanted."""

    def render(report: "Report", _: Environment) -> str:
        return str(import_module(f"grader.report.{module}").render(report))

    return render


def _classroom50(report: "Report", environment: Environment) -> str:
    from grader.report import classroom50  # noqa: PLC0415  # as the others

    return classroom50.render(report, environment)


RENDER: Mapping[str, Render] = {
    "text": _of("text"),
    "json": _of("json"),
    "html": _of("html.student"),
    "markdown": _of("markdown"),
    "junit": _of("junit"),
    "gradescope": _of("gradescope"),
    "prairielearn": _of("prairielearn"),
    "classroom50": _classroom50,
    "github": _of("github"),
}
