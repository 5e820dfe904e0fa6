"""What a file that does not compile was pasted with, where that is certain."""

import re

MARKS = {  # the sentence that names it -> what only it has
    "pasted prompt": re.compile(r"^\s*>>> ", re.MULTILINE),
    "pasted fence": re.compile(r"^\s*(```|~~~)", re.MULTILINE),
    "pasted quotes": re.compile("[\u2018\u2019\u201c\u201d\u00ab\u00bb\u201e]"),
    "pasted fullwidth": re.compile("[\uff08\uff09\uff0c\uff1a\uff1b\uff1d\u3002\u3010\u3011]"),
    "pasted space": re.compile("[\u00a0\u200b\u3000\ufeff]"),
}


def pasted(source: bytes) -> str:
    """Return the name of the sentence that tells it, or nothing."""
    text = source.decode("utf-8", "replace").lstrip("\ufeff")
    return next((name for name, mark in MARKS.items() if mark.search(_code(text))), "")


def _code(text: str) -> str:
    """Return the text without comments, in which anything may stand."""
    return re.sub(r"#.*", "", text)
