"""Text that came from a submission, made harmless for each place it is shown in."""

import hashlib
import re

CUT = 2000
ILLEGAL_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def terminal(text: str) -> str:
    """Return text with nothing in it that a terminal obeys; line breaks stay."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def cut(text: str, length: int = CUT) -> str:
    """Return at most length characters, and say so where some are missing."""
    return text if len(text) <= length else f"{text[:length]} [cut: {len(text)} characters in all]"


def xml(text: str) -> str:
    """Return text without the characters that XML 1.0 cannot hold; the writer escapes the rest."""
    return ILLEGAL_XML.sub(lambda found: f"#x{ord(found[0]):X}", text)


def markdown(text: str) -> str:
    """Return text that Markdown shows as it stands, on one line."""
    one_line = " ".join(terminal(text).split())
    escaped = re.sub(r"([\\`*_{}\[\]()#+!|~>@:-])", r"\\\1", one_line)
    return escaped.replace("&", "&amp;").replace("<", "&lt;")


def fenced(text: str) -> str:
    """Return text as a code block whose fence is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{terminal(text)}\n{fence}"


def workflow_message(text: str) -> str:
    """Return text for the message of a GitHub workflow command, as the runner unescapes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """Return text for a property of a GitHub workflow command."""
    return workflow_message(text).replace(":", "%3A").replace(",", "%2C")


def bracketed(text: str) -> str:
    """Return text in whose lines GitHub's runner finds no command.

    The token that ends it is the text's own digest, which no text can hold; so the same report
    gives the same bytes.
    """
    token = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"::stop-commands::{token}\n{text}\n::{token}::"
