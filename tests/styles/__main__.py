"""Prints a program: `python -m tests.styles simple_rnn 123`."""

import sys

from tests.styles.compose import style

made = style(sys.argv[1], int(sys.argv[2]))
print(f"# {made}: {made.described}\n{made.source}", end="")
