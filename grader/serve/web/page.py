"""How a page is made: the frame of the reports' pages, with scripts and styles of their own files.

Everything is escaped where it is put in; the one exception are the reports, which the judge has
rendered in the same way when it kept them.
"""

import difflib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from grader.model import LANGUAGES, Problem, Text
from grader.report.html import words as reports
from grader.report.html.page import clean, in_languages
from grader.serve.web.words import WORDS

ALL_WORDS: Mapping[str, Text] = {**reports.WORDS, **WORDS}
MOST_LINES = 1500  # of each side that are compared


def words(key: str, **values: object) -> Markup:
    """Return words of the page in both languages, with the values put in."""
    return in_languages(texts(key, **values))


def texts(key: str, **values: object) -> Text:
    """Return words of the page by language."""
    return {lang: ALL_WORDS[key][lang].format(**values) for lang in LANGUAGES}


def _finalize(value: Any) -> Any:  # noqa: ANN401  # whatever a template holds
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


ENVIRONMENT = Environment(
    loader=ChoiceLoader(
        [
            PackageLoader("grader.serve.web", "templates"),
            PackageLoader("grader.report.html", "templates"),
        ]
    ),
    autoescape=True,
    finalize=_finalize,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals.update(
    w=words,
    both=in_languages,
    index="",
    lang="",
)


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401  # of templates
    """Return a page as it goes out."""
    return HTMLResponse(ENVIRONMENT.get_template(template).render(**values), status)


def attachment(data: bytes, name: str, kind: str) -> Response:
    """Return a file to be saved, never to be shown by the browser. name: one of ours."""
    return Response(
        data,
        media_type=kind,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


@lru_cache
def static() -> Mapping[str, tuple[str, bytes]]:
    """Return the files that every page loads, by name, with their types."""

    def text(name: str) -> bytes:
        assert ENVIRONMENT.loader is not None
        return ENVIRONMENT.loader.get_source(ENVIRONMENT, name)[0].encode()

    return {
        "page.css": ("text/css", text("page.css") + text("site.css")),
        "page.js": ("text/javascript", text("page.js")),
        "site.js": ("text/javascript", text("site.js")),
    }


def statement(problem: Problem, lang: str) -> Markup:
    """Return the statement of a problem; HTML in it is text."""
    return _rendered(problem.root / f"statement.{lang}.md")


@lru_cache
def _rendered(file: Path) -> Markup:
    said = file.read_text(encoding="utf-8")
    return Markup(_markdown().render(said))  # noqa: S704  # rendered, and the kit's own


@lru_cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def source_lines(data: bytes) -> list[str]:
    """Return the lines of a submission as text, whatever bytes it consists of."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def difference(old: bytes, new: bytes) -> list[str] | None:
    """Return what differs, line by line; None if the two are too long."""
    before, after = source_lines(old), source_lines(new)
    if max(len(before), len(after)) > MOST_LINES:
        return None
    return list(difflib.unified_diff(before, after, lineterm="", n=3))[2:]


def left(until: datetime, at: datetime) -> Markup:
    """Return in words how long it is until then."""
    seconds = int((until - at).total_seconds())
    if seconds <= 0:
        return words("over")
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return words("left", days=hours // 24, hours=hours % 24, minutes=minutes)
