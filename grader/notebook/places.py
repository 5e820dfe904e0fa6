"""What the sandbox says of the lines of a notebook's code, said of the lines in its cells."""

import re
from dataclasses import replace

from grader.model import Outcome, Run, Source

TRACED = re.compile(r'File "[^"\n]*solution\.py", line (\d{1,7})')


def placed(outcome: Outcome, source: Source) -> Outcome:
    """Return an outcome whose line is counted in its cell; frames stay as they are."""
    if outcome.line is None or not source.places:
        return outcome
    line, cell = source.place(outcome.line)
    return replace(outcome, line=line, cell=cell)


def placed_run(run: Run, source: Source) -> Run:
    """Return a run with its outcomes so, and tracebacks that were printed, too."""
    if not source.places:
        return run
    return replace(
        run,
        outcomes={n: placed(outcome, source) for n, outcome in run.outcomes.items()},
        start=run.start and placed(run.start, source),
        printed=TRACED.sub(lambda found: _traced(found, source), run.printed),
    )


def _traced(found: re.Match[str], source: Source) -> str:
    line, cell = source.place(int(found[1]))
    return found[0] if cell is None else f'File "cell {cell}", line {line}'
