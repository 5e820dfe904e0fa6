"""Kattis's output validator: every number within the bound that was computed for it.

Called with input file, answer file and feedback folder; the submission's output is on standard
input. A line of the answer file is a quantity's name, shape and expected numbers, then | and the
absolute bound of each. Exit code 42: right; 43: wrong.
"""

import itertools
import math
import pathlib
import sys

RIGHT, WRONG = 42, 43


def main() -> int:
    """Compare, and tell the first difference."""
    _, answer_file, feedback = sys.argv[1:4]
    answers = pathlib.Path(answer_file).read_text(encoding="utf-8").splitlines()
    given = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
    for number, (answer, line) in enumerate(itertools.zip_longest(answers, given), 1):
        why = "there are more lines than asked for" if answer is None else difference(answer, line)
        if why:
            message = pathlib.Path(feedback, "judgemessage.txt")
            message.write_text(f"line {number}: {why}\n", encoding="utf-8")
            return WRONG
    return RIGHT


def difference(answer: str, line: str | None) -> str:
    """Return why a line is not right, or nothing; a number is right if |it - value| <= bound."""
    expected, _, bounds = answer.partition("|")
    name, shape, *values = expected.split()
    if line is None:
        return f"{name} is missing"
    found = line.partition("|")[0].split()
    if found[:1] != [name]:
        return f"{name} is expected, not {' '.join(found[:1])[:40]!r}"
    if found[1:2] != [shape]:
        return f"{name} should be an array of numbers of shape {shape}, not {found[1:2]}"
    if len(found) - 2 != len(values):
        return f"{name} should have {len(values)} numbers, not {len(found) - 2}"
    triples = zip(values, bounds.split(), found[2:], strict=True)
    for at, (value, bound, actual) in enumerate(triples):
        if not abs(number_of(actual) - float(value)) <= float(bound):
            return f"{name}, number {at}, should be {value}, it is {actual[:40]}; allowed {bound}"
    return ""


def number_of(text: str) -> float:
    """Return the number, or NaN, which is never right."""
    try:
        return float(text) if "_" not in text else math.nan
    except ValueError:
        return math.nan


if __name__ == "__main__":
    sys.exit(main())
