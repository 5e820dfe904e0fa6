"""The README in an export: what it is, what to do with it, and what its cases are."""

import textwrap

from grader.cases import PUBLIC_SEED

WIDTH = 100
ANSWERS = "It holds the answers: never hand it to students."


def readme(title: str, text: str, seed: int) -> bytes:
    """Return the file; text tells what to do, in Markdown."""
    end = textwrap.fill(f"{ANSWERS} {about(seed)}", WIDTH)
    return f"# {title}\n\n{text.strip()}\n\n{end}\n".encode()


def about(seed: int) -> str:
    """Return what is to be known about the seed of an export."""
    if seed == PUBLIC_SEED:
        return (
            f"Its cases are those of the public seed {seed}, which everybody has who has the kit; "
            "for points that count, export again with a --seed of your own."
        )
    return f"Its cases are those of the seed {seed}; keep that to yourself."
