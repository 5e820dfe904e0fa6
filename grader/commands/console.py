"""Text on its way to a terminal or a pipe, whatever encoding that has; colour and language."""

import codecs
import locale
import os
import shlex
import shutil
import sys
from pathlib import Path

import click

ESCAPED = "rnn-judge.escaped"
NARROWEST, WIDEST = 60, 100  # columns of a text


def prepare() -> None:
    r"""Have standard output and error write \uXXXX for what their encoding cannot hold.

    That is what JSON takes for the same text, in whichever encoding it is read.
    """
    codecs.register_error(ESCAPED, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=ESCAPED)


def echo(text: object = "", *, nl: bool = True, err: bool = False) -> None:
    """Print text; in colour only on a terminal, and not where NO_COLOR is set."""
    # the stream is named: click would take an ASCII one for UTF-8
    stream = sys.stderr if err else sys.stdout
    click.echo(text, file=stream, nl=nl, color=False if os.environ.get("NO_COLOR") else None)


def echo_bytes(data: bytes) -> None:
    """Write bytes as they are to standard output."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def columns() -> int:
    """Return how wide a text may be: as the terminal, from 60 to 100; 100 for files and pipes."""
    if not sys.stdout.isatty():
        return WIDEST
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def paint(words: str, colour: str) -> str:
    """Return words in a colour, for echo."""
    return click.style(words, fg=colour)


def typed(command: str, path: Path) -> str:
    """Return a command of the kit as it can be typed here: as the kit was started, quoted."""
    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        program = f"{_quoted(sys.executable)} -P -m grader"
    else:
        found = shutil.which("grader")
        # on Windows one has its .exe and the other has not
        on_path = found is not None and _place(Path(found)) == _place(started)
        program = "grader" if on_path else _quoted(str(started))
    return f"{program} {command} {_quoted(str(path))}"


def _place(program: Path) -> Path:
    return program.resolve().with_suffix("")


def _quoted(text: str) -> str:
    if os.name != "nt":
        return shlex.quote(text)
    return f'"{text}"' if " " in text else text


def language() -> str:
    """Return the language that the user's system speaks, of those that the kit speaks."""
    names = (os.environ.get(n) for n in ("LC_ALL", "LC_MESSAGES", "LANG"))
    said = next(filter(None, names), None) or locale.getlocale()[0] or ""
    return "zh" if said.lower().startswith(("zh", "chinese")) else "en"


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in pairs), error.end
