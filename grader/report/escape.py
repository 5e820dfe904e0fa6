"""Text that came from a submission, made harmless for each place it is shown in."""

import hashlib
import re

CUT = 2000
UNUSUAL = re.compile(r"[^\n\x20-\x7e]")
SPACES = "\t\u00a0\u3000"
COMMAND = re.compile(r"^[ \t]*::|##\[", re.MULTILINE)


def terminal(text: str) -> str:
    """Return text with nothing in it that a terminal obeys; line breaks stay."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def commands(text: str) -> str:
    """Return lines in which no runner of workflows finds a command: ::name:: or ##[name]."""
    return COMMAND.sub(lambda found: " ".join(found[0]), text)


def cut(text: str, length: int = CUT) -> str:
    """Return at most length characters, and say so where some are missing."""
    return text if len(text) <= length else f"{text[:length]} [cut: {len(text)} characters in all]"


def xml(text: str) -> str:
    """Return text without what XML cannot hold or a terminal obeys; the writer escapes the rest."""
    shown = UNUSUAL.sub(lambda c: c[0] if _harmless(c[0]) else f"#x{ord(c[0]):X}", text)
    return commands(shown)


def json(text: str) -> str:
    """Return JSON in which what a terminal or a runner obeys is written as an escape."""
    shown = UNUSUAL.sub(lambda c: c[0] if _harmless(c[0]) else _escaped(c[0]), text)
    return shown.replace("##[", "##\\u005b")


def _harmless(character: str) -> bool:
    return character.isprintable() or character in SPACES


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{a:02x}{b:02x}" for a, b in zip(units[::2], units[1::2], strict=True))


def markdown(text: str) -> str:
    """Return text that Markdown shows as it stands, on one line of code.

    Escapes are not enough: www.example.org and name@example.org become links, and @name tells
    somebody, wherever they are not code.
    """
    one_line = commands(" ".join(terminal(text).split()))
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", one_line)), default=0))
    room = " " if one_line[:1] in ("", "`") or one_line[-1:] == "`" else ""
    # A table asks for \| even in code, and takes a backslash before that for one that is escaped.
    escaped = one_line.replace("\\|", "\\ |").replace("|", "\\|")
    return f"{fence}{room}{escaped}{room}{fence}" if one_line else ""


def fenced(text: str) -> str:
    """Return text as a code block whose fence is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{commands(terminal(text))}\n{fence}"


def workflow_message(text: str) -> str:
    """Return text for the message of a GitHub workflow command, as the runner unescapes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """Return text for a property of a GitHub workflow command."""
    return workflow_message(terminal(text)).replace(":", "%3A").replace(",", "%2C")


def bracketed(text: str) -> str:
    """Return text in whose lines GitHub's runner finds no command.

    The token that ends it is the text's own digest, which no text can hold; so the same report
    gives the same bytes.
    """
    token = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"::stop-commands::{token}\n{text}\n::{token}::"
