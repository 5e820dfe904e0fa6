"""The pipeline for one submission: source -> sandbox -> comparison -> score -> report."""

import contextlib
import importlib.metadata
import platform
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import numpy as np

from grader import compare, explain, place, score
from grader.diagnose.cause import Diagnoses
from grader.diagnose.scored import Scored
from grader.errors import GraderError, ProblemError, SandboxError
from grader.model import (
    Case,
    Counterexample,
    Diagnosis,
    GroupResult,
    Mismatch,
    Problem,
    Report,
    Run,
    Suite,
    Text,
    Verdict,
)
from grader.phrases import both, relayed, say
from grader.sandbox.host import Sandbox
from grader.sandbox.run import play_all
from grader.submission import MOST_SOURCE
from grader.suite import kept_suite, make_suite
from grader.trial import Trial
from grader.wording import start_text


class Judge:
    """A suite and a sandbox, ready for one submission after the other."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        *,
        weak: bool = False,
        sandbox: Sandbox | None = None,
        suite: Suite | None = None,
    ) -> None:
        """Start a sandbox, if none is given; the suite is made when it is first needed.

        sandbox: one that was started earlier, so that it warms up during the imports. suite: one
        that was made before, by the same problem and seed; nothing is drawn or computed again.
        """
        self.problem, self.seed = problem, seed
        self.sandbox = sandbox or Sandbox(problem, weak=weak)
        self.sweep = explain.Sweep(problem, seed)
        self.made = suite
        self.diagnoses: Diagnoses | None = None  # made when the first wrong submission comes

    @property
    def suite(self) -> Suite:
        """The scored cases with their expected values; ProblemError if the reference fails."""
        if self.made is None:
            make = make_suite if self.sandbox.weak else kept_suite
            self.made = make(self.problem, self.seed)
        return self.made

    def judge(
        self,
        source: bytes,
        name: str,
        *,
        search: bool = True,
        diagnose: bool = True,
        run: Run | None = None,
    ) -> Report:
        """Return the report on a submission; whatever goes wrong on our side is verdict JE.

        search: look for the smallest failing case too and, if diagnose, for the mistake; each
        takes longer than judging. run: how the cases went, if they have been played already.
        """
        began = time.monotonic()
        try:
            if len(source) > MOST_SOURCE:
                return self._too_large(name)
            run = run or play_all(self.sandbox, source, self.suite.cases)
            return self._judge(source, name, run, began, search=search, diagnose=diagnose)
        except (SandboxError, ProblemError) as error:
            return self.refuse(name, str(error), Verdict.JE)
        except GraderError:
            raise  # worded for the user: the command cannot be carried out
        except Exception as error:  # noqa: BLE001  # a reference or driver that raises, too
            return self.refuse(name, f"{type(error).__name__}: {error}", Verdict.JE)

    def _judge(
        self, source: bytes, name: str, run: Run, began: float, *, search: bool, diagnose: bool
    ) -> Report:
        suite = self.suite
        judged_s = time.monotonic() - began
        mismatches = find_mismatches(suite, run)
        groups = score.group_results(suite, run, mismatches)
        groups = place.with_lines(suite.problem, source, groups)
        left_out: list[Text] = []
        smallest = diagnosis = None
        if search:
            with self._only_a_part("search", left_out):
                smallest = self._counterexample(source, groups, run, mismatches)
        if search and diagnose:
            with self._only_a_part("diagnosis", left_out):
                diagnosis = self._diagnosis(source, groups, run, mismatches)
        points, most = score.total(suite.problem, groups)
        usage = {
            "cpu_s": round(run.cpu_s, 3),
            "judged_s": round(judged_s, 3),
            "wall_s": round(time.monotonic() - began, 3),
            "peak_mib": round(run.peak_mib, 1),
        }
        return self._report(
            name,
            verdict=score.verdict_of(run, groups),
            points=points,
            most=most,
            message=both(lambda lang: start_text(run, lang)),
            groups=groups,
            diagnosis=diagnosis or (),
            counterexample=smallest,
            left_out=tuple(left_out),
            run=run,
            usage=usage,
        )

    @contextlib.contextmanager
    def _only_a_part(self, part: str, left_out: list[Text]) -> Iterator[None]:
        """Let what fails beside judging cost that part of the report only, and say so in it."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  # whatever a submission makes of it
            why = type(error).__name__
            left_out.append(both(lambda lang: say(lang, f"no {part}", why=why)))

    def _counterexample(
        self,
        source: bytes,
        groups: tuple[GroupResult, ...],
        run: Run,
        mismatches: dict[int, Mismatch],
    ) -> Counterexample | None:
        """Return the smallest failing case of the first group that failed with numbers or raised.

        A case that ran out of a limit is never searched for: each try would cost that limit.
        """
        suite = self.suite
        searchable = (Verdict.WA, Verdict.RTE)
        first = next((g.name for g in groups if g.verdict in searchable), None)
        limits = any(o.verdict not in (None, Verdict.RTE) for o in run.outcomes.values())
        if first is None or limits:
            return None
        failed: list[Case] = []
        for number, case in enumerate(suite.cases):
            ended = number in run.outcomes and run.outcomes[number].verdict is not None
            if case.group == first and (number in mismatches or ended):
                failed.append(case)
        group = suite.problem.group(first)
        return explain.smallest_failure(suite, self.sandbox, source, group, failed, self.sweep)

    def refuse(self, name: str, why: str, verdict: Verdict = Verdict.CE) -> Report:
        """Return the report on a submission that is not judged, such as a link: CE, or JE."""
        return self._failed(name, verdict, both(lambda lang: relayed(lang, why)))

    def _diagnosis(
        self,
        source: bytes,
        groups: tuple[GroupResult, ...],
        run: Run,
        mismatches: dict[int, Mismatch],
    ) -> tuple[Diagnosis, ...]:
        """Return why values were wrong; nothing for a submission that ran out of a limit."""
        verdicts = {o.verdict for o in run.outcomes.values()} - {None, Verdict.RTE}
        if verdicts or not any(g.verdict is Verdict.WA for g in groups):
            return ()
        if self.diagnoses is None:
            self.diagnoses = Diagnoses(self.problem, self.seed)
        with Trial(self.sandbox, source) as trial:
            return self.diagnoses.of(trial, groups, Scored(self.suite, run, mismatches))

    def _too_large(self, name: str) -> Report:
        said = both(lambda lang: say(lang, "too large", size=MOST_SOURCE // 2**20))
        return self._failed(name, Verdict.CE, said)

    def _failed(self, name: str, verdict: Verdict, message: Text) -> Report:
        groups = tuple(score.skipped(g, "not judged") for g in self.problem.groups)
        _, most = score.total(self.problem, groups)
        return self._report(
            name, verdict=verdict, points=0, most=most, message=message, groups=groups
        )

    def _report(
        self,
        name: str,
        *,
        verdict: Verdict,
        points: int,
        most: int,
        message: Text,
        groups: tuple[GroupResult, ...],
        diagnosis: tuple[Diagnosis, ...] = (),
        counterexample: Counterexample | None = None,
        left_out: tuple[Text, ...] = (),
        run: Run | None = None,
        usage: dict[str, float] | None = None,
    ) -> Report:
        return Report(
            problem=self.problem.id,
            submission=name,
            seed=self.seed,
            verdict=verdict,
            score=points,
            max_score=most,
            message=message["en"],
            message_zh=message["zh"],
            groups=groups,
            diagnosis=diagnosis,
            counterexample=counterexample,
            isolation=run.layers if run else (),
            missing_isolation=run.missing_layers if run else {},
            printed=run.printed if run else "",
            suite=self._suite_named(),
            versions=versions(),
            usage=usage or {},
            line=run.start.line if run and run.start else None,
            left_out=left_out,
        )

    def _suite_named(self) -> dict[str, Any]:
        """Return digest and number of the cases; none where the reference fails."""
        try:
            return {"digest": self.suite.digest, "cases": len(self.suite.cases)}
        except Exception:  # noqa: BLE001  # a reference or driver may raise anything
            return {"digest": "", "cases": 0}

    def close(self) -> None:
        """End the sandbox."""
        self.sandbox.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def find_mismatches(suite: Suite, run: Run) -> dict[int, Mismatch]:
    """Return the first mismatch of every case whose claims are not right, by case number."""
    found = {}
    for number, outcome in run.outcomes.items():
        if outcome.claims is not None:
            case = suite.cases[number]
            group = suite.problem.group(case.group)
            mismatch = compare.first_mismatch(group, case, suite.expected[number], outcome.claims)
            if mismatch is not None:
                found[number] = mismatch
    return found


def versions() -> dict[str, str]:
    """Return the versions that shape a suite and its numbers."""
    return {
        "rnn-judge": kit_version(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "hypothesis": importlib.metadata.version("hypothesis"),
    }


def kit_version() -> str:
    """Return the version of the installed kit."""
    try:
        return importlib.metadata.version("rnn-judge")
    except importlib.metadata.PackageNotFoundError:
        return "0 (not installed)"
