"""Whether a misconception costs much more than the reference: all are played for wrong submissions.

What is counted is calls, of Python's functions and of C's, so that the answer is the same on every
machine. A mistake that does again for every step what the reference does once makes as many times
its calls as there are steps; one whose arrays are larger is not noticed here.
"""

import sys

from grader.errors import ProblemError
from grader.explain.diagnose.probes import OF_A_KIND, draw_probes
from grader.model import Case, Misconception, Problem
from grader.oracle import load, trusted
from grader.oracle.wrong import Solution, default_value, wrong_solution
from grader.setting.verify.findings import Check, Finding, error

MOST = 10.0  # times the calls of the reference, in any case


def check_cost(problem: Problem, seed: int) -> Check:
    """That no misconception makes more than ten times the calls of the reference in a probe."""
    cases = draw_probes(problem, seed)[::OF_A_KIND]
    for case in cases:
        _calls(problem, wrong_solution(problem), case)  # what is computed once, is now
    right = wrong_solution(problem)
    calls = [_calls(problem, right, case) for case in cases]
    findings: list[Finding] = []
    times: dict[str, float] = {}
    for mistake in load.misconceptions(problem):
        times[mistake.id], at = _times(problem, mistake, cases, calls)
        if times[mistake.id] > MOST:
            sizes = ", ".join(f"{n}={size}" for n, size in at.sizes.items())
            text = (
                f"the misconception {mistake.id} makes {times[mistake.id]:.3g} times the calls of"
            )
            text += (
                f" the reference ({at.group}, {sizes}), more than {MOST:g}: write it another way"
            )
            findings.append(error(text))
    worst = max(times, key=times.__getitem__, default="none")
    summary = "no misconception costs much more than the reference"
    if times:
        summary += f"; {worst} makes {times[worst]:.2g} times its calls"
    return Check("cost", summary, tuple(findings), {"times": times})


def _times(
    problem: Problem, mistake: Misconception, cases: tuple[Case, ...], calls: list[int]
) -> tuple[float, Case]:
    """Return how many times the calls of the reference a mistake makes at most, and where."""
    wrong = wrong_solution(problem, (mistake, default_value(mistake)))
    found = [_calls(problem, wrong, case) / n for case, n in zip(cases, calls, strict=True)]
    most = max(found)
    return most, cases[found.index(most)]


def _calls(problem: Problem, solution: Solution, case: Case) -> int:
    """Return how many functions are called in a play, up to its end or to what it raises."""
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        trusted.play(problem, solution, case)
    except ProblemError:
        raise
    except Exception:  # noqa: BLE001  # a wrong solution may raise anything
        return count
    finally:
        sys.setprofile(before)
    return count
