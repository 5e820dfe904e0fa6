"""The pipeline for one submission: source -> sandbox -> comparison -> score -> report."""

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from grader.cases.suite import kept_suite, make_suite
from grader.errors import GraderError, ProblemError, SandboxError
from grader.judge import score
from grader.judge.compared import Compared
from grader.judge.explained import (
    all_wrong,
    judged_groups,
    raised_by_mistake,
    with_found_line,
)
from grader.judge.line import with_lines
from grader.judge.so_far import SoFar
from grader.judge.submission import MOST_SOURCE
from grader.messages.phrases import both, relayed, say
from grader.messages.wording import left_out_texts, start_text
from grader.model import (
    Explanation,
    GroupResult,
    Mismatch,
    Problem,
    Report,
    Run,
    Source,
    Suite,
    Text,
    Verdict,
)
from grader.notebook.cells import is_notebook
from grader.notebook.places import placed_run
from grader.notebook.taken import source_of
from grader.sandbox.base import Host
from grader.sandbox.host import Sandbox
from grader.sandbox.run import play_all
from grader.versions import versions

if TYPE_CHECKING:
    from grader.explain.explainer import Explainer


class Judge:
    """A suite and a sandbox, ready for one submission after the other."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        *,
        weak: bool = False,
        sandbox: Host | None = None,
        suite: Suite | None = None,
    ) -> None:
        """Start a sandbox, if none is given; the suite is made when it is first needed.

        sandbox: one that was started earlier, so that it warms up during the imports. suite: one
        that was made before, by the same problem and seed; nothing is drawn or computed again.
        """
        self.problem, self.seed = problem, seed
        self.sandbox: Host = sandbox or Sandbox(problem, weak=weak)
        self.explainer: Explainer | None = None  # made when the first wrong submission comes
        self.made = suite

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
        line: bool = True,
        run: Run | None = None,
        so_far: SoFar | None = None,
    ) -> Report:
        """Return the report on a submission; whatever goes wrong on our side is verdict JE.

        search: look for the smallest failing case too and, if diagnose, for the mistake; each
        takes longer than judging. line: if no name fits look for the line at fault, which takes
        longest; else it is pending. run: how the cases went, if they have been played already.
        so_far: is told of the groups that are judged before the report is there.
        """
        began = time.monotonic()
        try:
            if len(source) > MOST_SOURCE and not is_notebook(source):
                return self._too_large(name)
            read = source_of(source, self.problem)
            if read.flaw:
                return self.refuse(name, read.flaw)
            report = self._judge(
                read, name, run, began, search=search, diagnose=diagnose, so_far=so_far
            )
            return self.with_line(source, report) if line and report.pending else report
        except (SandboxError, ProblemError) as error:
            return self.refuse(name, str(error), Verdict.JE)
        except GraderError:
            raise  # worded for the user: the command cannot be carried out
        except Exception as error:  # noqa: BLE001  # a reference or driver that raises, too
            return self.refuse(name, f"{type(error).__name__}: {error}", Verdict.JE)

    def _judge(
        self,
        source: Source,
        name: str,
        run: Run | None,
        began: float,
        *,
        search: bool,
        diagnose: bool,
        so_far: SoFar | None,
    ) -> Report:
        suite = self.suite
        compared = Compared(suite)
        if run is None:
            told = partial(so_far.played, compared) if so_far else None
            run = play_all(self.sandbox, source.text, suite.cases, compared.is_right, told)
        run = placed_run(run, source)
        judged_s = time.monotonic() - began
        mismatches = compared.mismatches(run)
        groups = score.group_results(suite, run, mismatches)
        groups = with_lines(suite.problem, source, groups)
        found = Explanation()
        if search:
            if so_far:
                so_far.all_played(groups)
            found = self._explanation(source, groups, run, mismatches, diagnose=diagnose)
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
            explanation=found,
            run=run,
            usage=usage,
            not_taken=left_out_texts(source),
        )

    def _explanation(
        self,
        source: Source,
        groups: tuple[GroupResult, ...],
        run: Run,
        mismatches: dict[int, Mismatch],
        *,
        diagnose: bool,
    ) -> Explanation:
        """Return what there is to say about a submission that ran out of no limit.

        One that did would run out of it again with each try. In one that raised before any case
        every group is wrong.
        """
        ended = {n for n, o in run.outcomes.items() if o.verdict is not None}
        if any(run.outcomes[n].verdict is not Verdict.RTE for n in ended):
            return Explanation()
        failed = [c for n, c in enumerate(self.suite.cases) if n in mismatches or n in ended]
        if run.start is not None and raised_by_mistake(run.start):
            groups = all_wrong(groups)
        elif not failed:
            return Explanation()
        # What is right does not even import them.
        from grader.explain.diagnose.scored import Scored  # noqa: PLC0415
        from grader.explain.explainer import only_a_part  # noqa: PLC0415

        scored = Scored(self.suite, run, mismatches)
        left_out: list[Text] = []
        with only_a_part("diagnosis", left_out):
            return self._ready_to_explain().explain(
                self.sandbox, source, groups, failed, scored=scored, diagnose=diagnose
            )
        return Explanation(left_out=tuple(left_out))

    def with_line(self, source: bytes, report: Report) -> Report:
        """Return a report that tells the line at fault too, of one in which that is pending."""
        from grader.explain.explainer import only_a_part  # noqa: PLC0415

        began = time.monotonic()
        left_out: list[Text] = []
        found = Explanation()
        with only_a_part("diagnosis", left_out):
            read = source_of(source, self.problem)
            groups = judged_groups(report)
            found = self._ready_to_explain().line(self.sandbox, self.suite, read, groups)
        found = replace(found, left_out=(*left_out, *found.left_out))
        return with_found_line(report, found, time.monotonic() - began)

    def _ready_to_explain(self) -> "Explainer":
        from grader.explain.explainer import Explainer  # noqa: PLC0415

        if self.explainer is None:
            self.explainer = Explainer(self.problem, self.seed, kept=not self.sandbox.weak)
        return self.explainer

    def refuse(self, name: str, why: str, verdict: Verdict = Verdict.CE) -> Report:
        """Return the report on a submission that is not judged, such as a link: CE, or JE."""
        return self._failed(name, verdict, both(lambda lang: relayed(lang, why)))

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
        explanation: Explanation | None = None,
        run: Run | None = None,
        usage: dict[str, float] | None = None,
        not_taken: tuple[Text, ...] = (),
    ) -> Report:
        found = explanation or Explanation()
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
            diagnosis=found.diagnosis,
            counterexample=found.smallest,
            isolation=run.layers if run else (),
            missing_isolation=run.missing_layers if run else {},
            printed=run.printed if run else "",
            suite=self._suite_named(),
            versions=versions(),
            usage=usage or {},
            line=run.start.line if run and run.start else None,
            cell=run.start.cell if run and run.start else None,
            undone=found.undone["en"],
            undone_zh=found.undone["zh"],
            pending=found.pending,
            left_out=(*found.left_out, *(not_taken if verdict is not Verdict.AC else ())),
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

    def __exit__(self, *_: object) -> None:
        self.close()
