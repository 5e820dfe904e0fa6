"""The pytest plugin: `pytest --submission solution.py` runs one test for each test group.

It does nothing unless asked, and is switched off by `-p no:grader`. The submission is never
imported here, and where pytest would obey what lies beside it nothing is started: it is judged in
the sandbox, once, when the first of its tests runs. A student's kit holds no reference: there the
tests are those of `grader check`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.commands import start
from grader.errors import GraderError
from grader.layout import KIT, answers

if TYPE_CHECKING:
    from grader.home.check import Checked
    from grader.model import Problem, Report

PASSED, SKIPPED, FAILED = "passed", "skipped", "failed"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("grader", "judging a submission (rnn-judge)")
    group.addoption(
        "--submission",
        metavar="FILE",
        help="Judge FILE: one test for each test group; the seed is taken from GRADER_SEED.",
    )
    group.addoption(
        "--problem",
        metavar="ID",
        help="The problem that --submission solves; default: as its text or folder tells.",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Refuse to start where pytest would run what lies beside the submission."""
    submission = getattr(early_config.known_args_namespace, "submission", None)
    if submission is None:
        return
    folder = (early_config.invocation_params.dir / submission).resolve().parent
    start.leave(str(folder))
    obeyed = [*folder.glob("conftest.py"), *folder.glob("test*/conftest.py")]
    if early_config.inipath is not None and early_config.inipath.resolve().parent == folder:
        obeyed.append(early_config.inipath)
    taken = start.imported_from(str(folder))
    if folder == Path(KIT) or not (obeyed or taken):
        return
    if taken:
        raise pytest.UsageError(
            f"Python took {', '.join(taken)} from {folder}, beside the submission, and has run it: "
            "start `pytest` (not `python -m pytest`) in a folder of your own"
        )
    raise pytest.UsageError(
        f"pytest would obey {obeyed[0]}, which lies beside the submission: "
        "put the submission into a folder of its own"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Do something only if asked."""
    if config.getoption("--submission") is None or config.getoption("help", False):
        return
    try:
        plugin = _Submission(config)
    except GraderError as error:
        raise pytest.UsageError(str(error)) from error
    config.pluginmanager.register(plugin, "grader-submission")


class _Submission:
    """The submission of a session, judged when its report is first needed."""

    def __init__(self, config: pytest.Config) -> None:
        from grader.cases import PUBLIC_SEED
        from grader.commands.options import DEFAULT_PROBLEM
        from grader.judge.submission import read_submission
        from grader.problems.guess import problem_of
        from grader.problems.load import load_problem
        from grader.sandbox.spawn import available

        self.shown = str(config.getoption("--submission"))
        self.path = config.invocation_params.dir / self.shown
        self.source = read_submission(self.path)
        named = config.getoption("--problem") or problem_of(self.path, self.source, DEFAULT_PROBLEM)
        self.problem: Problem = load_problem(named)
        seed = os.environ.get("GRADER_SEED", str(PUBLIC_SEED))
        if not seed.isdecimal():
            raise GraderError(f"GRADER_SEED is {seed!r}, it must be a whole number")
        self.seed = int(seed)
        self.isolation = "full" if available() else "none"
        self.public = not (answers(self.problem.root) / f"{self.problem.id}.py").is_file()
        self.judged: Report | None = None
        self.checked: Checked | None = None
        self.wanted = self._take_arguments(config)

    def _take_arguments(self, config: pytest.Config) -> set[str]:
        """Leave to pytest what else was named; return the groups named, as solution.py::forward."""
        if config.args_source is not pytest.Config.ArgsSource.ARGS:
            config.args = []
        parts = [(arg, *arg.partition("::")) for arg in config.args]
        ours = [p for p in parts if (config.invocation_params.dir / p[1]).resolve() == self._file()]
        config.args = [p[0] for p in parts if p not in ours]
        return {group for _, _, _, group in ours if group}

    def _file(self) -> Path:
        return self.path.resolve()

    def report(self) -> "Report":
        """Return the report; the submission is judged once."""
        if self.judged is None:
            from grader.judge.judge import Judge
            from grader.sandbox.choose import chosen

            sandbox = chosen(self.problem, self.isolation)
            with Judge(self.problem, self.seed, sandbox=sandbox) as judge:
                self.judged = judge.judge(self.source, self.shown)
        return self.judged

    def names(self) -> list[str]:
        """Return the names of the tests."""
        checks = self.problem.self_checks if self.public else ()
        return [group.name for group in (*self.problem.groups, *checks)]

    def result(self, name: str) -> tuple[str, str]:
        """Return what became of a test, and why."""
        from grader.model import Verdict
        from grader.report.text import failure

        if self.public:
            return self._found_at_home(name)
        report = self.report()
        group = next(g for g in report.groups if g.name == name)
        if group.verdict is None and not report.message:
            return SKIPPED, group.message
        return (PASSED, "") if group.verdict is Verdict.AC else (FAILED, failure(report, group))

    def _found_at_home(self, name: str) -> tuple[str, str]:
        from grader.report.home import words

        checked = self.check()
        if checked.start:
            return FAILED, "\n".join((checked.start, *checked.left_out))
        finding = next(f for f in checked.findings if f.name == name)
        if finding.waits_for:
            return SKIPPED, finding.message
        return (PASSED, "") if finding.ok else (FAILED, words(finding))

    def check(self) -> "Checked":
        """Return what a check at home finds; the submission is played once."""
        if self.checked is None:
            from grader.home.check import check
            from grader.sandbox.choose import own

            with own(self.problem) as host:
                self.checked = check(self.problem, host, self.source)
        return self.checked

    def trouble(self) -> str:
        """Return why there is nothing to say about the submission, or nothing."""
        from grader.model import Verdict

        try:
            if self.public:
                self.check()
                return ""
            report = self.report()
        except GraderError as error:
            return str(error)
        return f"judge error: {report.message}" if report.verdict is Verdict.JE else ""

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Keep others from importing the submission."""
        return True if collection_path.resolve() == self._file() else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Put the groups before all other tests."""
        file = _File.from_parent(session, path=self.path, submission=self)
        groups = [item for item in file.collect() if not self.wanted or item.name in self.wanted]
        unknown = self.wanted - {g.name for g in groups}
        if unknown:
            raise pytest.UsageError(f"{self.shown} has no test group {', '.join(sorted(unknown))}")
        items[:0] = groups
        collected = pytest.CollectReport(file.nodeid, "passed", None, [*groups])
        session.config.hook.pytest_collectreport(report=collected)  # so that they are counted

    def pytest_report_header(self) -> str:
        """Return what is judged by what."""
        alone = "" if self.isolation == "full" else "; a plain process, for your own code only"
        return f"submission: {self.shown}, problem {self.problem.id}, seed {self.seed}{alone}"

    # Quoted: pytest before 8.4 has no such name, and loads this file wherever the kit is installed.
    def pytest_terminal_summary(self, terminalreporter: "pytest.TerminalReporter") -> None:
        """Tell verdict and points, if it was judged in this process."""
        if self.judged is not None:
            from grader.report.text import headline

            terminalreporter.write_line(headline(self.judged))
        if self.checked is not None:
            terminalreporter.write_line("public checks only; grading has hidden cases besides")


class _File(pytest.File):
    """The submission; never imported."""

    def __init__(self, *, submission: _Submission, **others: object) -> None:
        super().__init__(**others)  # type: ignore[arg-type]  # as pytest gives them
        self.submission = submission

    def collect(self) -> Iterator["_Group"]:
        """Yield one test for each group."""
        for name in self.submission.names():
            yield _Group.from_parent(self, name=name)


class _Failure(Exception):
    """What a group's test fails with: words only, no traceback."""


class _Group(pytest.Item):
    """A test group."""

    parent: _File

    def setup(self) -> None:
        """Judge, or use what was judged; a judge error is an error and no failure."""
        trouble = self.parent.submission.trouble()
        if trouble:
            pytest.fail(trouble, pytrace=False)

    def runtest(self) -> None:
        """Fail as the text report says; what was not judged is skipped."""
        state, why = self.parent.submission.result(self.name)
        if state == SKIPPED:
            pytest.skip(why)
        if state == FAILED:
            raise _Failure(why)

    def repr_failure(  # type: ignore[override]  # as pytest documents it
        self, excinfo: pytest.ExceptionInfo[BaseException], style: None = None
    ) -> object:
        """Return the words."""
        if isinstance(excinfo.value, _Failure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return file and name."""
        return self.path, None, self.name
