"""What every page has: one place where text becomes safe, both languages, a strict policy."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from grader.model import LANGUAGES, Text
from grader.report.escape import commands, terminal
from grader.report.html.words import WORDS

FOLDER = "templates"


def clean(text: str) -> str:
    """Return text without controls, lone surrogates and marks that turn the direction around."""
    ends = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return commands(terminal(ends))


def _finalize(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def in_languages(text: Text) -> Markup:
    """Return a text in both languages, of which the page shows one; once if they are the same."""
    said = {lang: clean(text[lang] or text["en"]) for lang in LANGUAGES}
    if len(set(said.values())) == 1:
        return escape(said["en"])
    spans = (Markup('<span lang="{}">{}</span>').format(lang, said[lang]) for lang in LANGUAGES)
    return Markup("").join(spans)


def words(key: str, **values: object) -> Markup:
    """Return words of the page in both languages, with the values put in."""
    return in_languages({lang: WORDS[key][lang].format(**values) for lang in LANGUAGES})


def drawn(draw: Callable[[], Markup]) -> Markup:
    """Return what is drawn; what cannot be costs no more than its own place on the page."""
    try:
        return draw()
    except Exception as error:  # noqa: BLE001  # numbers of a submission, and a library for drawing
        return Markup("<p class='note'>{}</p>").format(words("not drawn", why=type(error).__name__))


def _digest(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("grader.report.html", FOLDER),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    assert made.loader is not None
    style, _, _ = made.loader.get_source(made, "page.css")
    script, _, _ = made.loader.get_source(made, "page.js")
    made.globals.update(
        lang="",  # the reader's own
        w=words,
        both=lambda en, zh: in_languages({"en": en, "zh": zh}),
        style=Markup(style),  # noqa: S704  # the kit's own files
        script=Markup(script),  # noqa: S704
        policy=(
            f"default-src 'none'; style-src 'sha256-{_digest(style)}'; "
            f"script-src 'sha256-{_digest(script)}'; base-uri 'none'; form-action 'none'"
        ),
    )
    return made


ENVIRONMENT = _environment()


def page(template: str, **values: Any) -> str:
    """Return the page that the template makes of the values."""
    return ENVIRONMENT.get_template(template).render(**values)
