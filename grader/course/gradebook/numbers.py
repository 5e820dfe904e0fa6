"""Numbers as a table writes them: with a decimal comma or point, and thousands in groups."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

GROUPS = " '\u00a0\u202f\u2019"
DIGITS = 15


def _form(sign: str, group: str) -> re.Pattern[str]:
    grouped = rf"[0-9]{{1,3}}(?:[{group}][0-9]{{3}})+"
    return re.compile(rf"(?P<whole>[0-9]{{1,{DIGITS}}}|{grouped})(?:{sign}(?P<part>[0-9]{{1,9}}))?")


FORMS = {".": _form(r"\.", f",{GROUPS}"), ",": _form(",", rf"\.{GROUPS}")}


class UnclearError(ValueError):
    """The number may be read in two ways."""


def decimal_sign(*columns: Iterable[str]) -> str | None:
    """Return the decimal sign that the first of these columns to show one agrees on, or None."""
    for texts in columns:
        signs = {sign for text in texts if (sign := _sign(text.strip()))}
        if len(signs) == 1:
            return signs.pop()
    return None


def _sign(text: str) -> str | None:
    """Return the decimal sign of a number that can be read in one way only."""
    fits = [sign for sign, form in FORMS.items() if form.fullmatch(text)]
    return fits[0] if len(fits) == 1 else None


def read(text: str, sign: str | None) -> Decimal | None:
    """Return the number that a text is, or None; UnclearError if that depends on the sign."""
    found = {n for s in ([sign] if sign else FORMS) if (n := _read(text.strip(), s)) is not None}
    if len(found) > 1:
        raise UnclearError(text)
    return found.pop() if found else None


def _read(text: str, sign: str) -> Decimal | None:
    form = FORMS[sign].fullmatch(text)
    if form is None or len(form["whole"]) > 2 * DIGITS:
        return None
    whole = "".join(c for c in form["whole"] if c in "0123456789")
    return Decimal(f"{whole}.{form['part'] or 0}")


def rounded(value: Decimal) -> Decimal:
    """Return the value to two decimals, as gradebooks keep them."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def written(value: Decimal, sign: str) -> str:
    """Return the value with at most two decimals and that decimal sign."""
    number = rounded(value)
    return f"{number.normalize():f}".replace(".", sign) if number else "0"
