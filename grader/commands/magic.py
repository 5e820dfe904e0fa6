"""`%%check` in a notebook: runs the cell, and checks it with what earlier cells have defined."""

import argparse
import shlex
from typing import TYPE_CHECKING, Any, NoReturn

from grader.commands.console import language
from grader.errors import GraderError
from grader.model import LANGUAGES
from grader.notebook.cells import Cell, code_of
from grader.notebook.taken import taken

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell


class Check:
    """The magic of one notebook: %%check [PROBLEM] [--lang en|zh]."""

    def __init__(self, shell: "InteractiveShell") -> None:
        self.shell = shell
        self.failed: set[int] = set()  # cells that raised: they have defined nothing for certain
        shell.events.register("post_run_cell", self._ran)

    def _ran(self, result: "ExecutionResult") -> None:
        if not result.success and result.info.store_history:
            self.failed.add(result.execution_count)

    def __call__(self, line: str, cell: str) -> None:
        """Run the cell as usual, then show what `grader check` says of it."""
        if not self.shell.run_cell(cell, store_history=False).success:
            self.failed.add(len(self.shell.history_manager.input_hist_raw) - 1)
            return  # the notebook has said why
        try:
            self._show(_arguments(line))
        except GraderError as error:
            print(f"%%check: {error}")  # noqa: T201  # as the notebook shows it

    def _show(self, wanted: argparse.Namespace) -> None:
        from IPython.display import display  # it is there where this is called

        from grader.home.check import check_source  # only when asked
        from grader.problems.guess import problem_of_text
        from grader.problems.load import load_problem
        from grader.report import home
        from grader.sandbox.choose import own

        cells = self._cells()
        text = code_of(cells)
        named = wanted.problem or problem_of_text("the notebook", text, how="%%check ID")
        problem = load_problem(named)
        source = taken(cells, [part.name for part in problem.interface])
        with own(problem) as host:
            start, found, printed, left_out = check_source(problem, host, source, wanted.lang)
            told: dict[str, Any] = {"printed": printed, "left_out": left_out, "lang": wanted.lang}
            told["shut_in"] = host.shut_in
        shown = {
            "text/plain": home.render(start, found, **told),
            "text/html": home.render_html(start, found, **told),
        }
        display(shown, raw=True)

    def _cells(self) -> list[Cell]:
        """Return what was run without an error, by the number in brackets; this cell comes last."""
        said = self.shell.history_manager.input_hist_raw
        return [Cell(n, text) for n, text in enumerate(said) if n and n not in self.failed]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, as all commands do."""
        raise GraderError(f"{message}; it is %%check [PROBLEM] [--lang en|zh]")


def _arguments(line: str) -> argparse.Namespace:
    parser = _Parser(add_help=False)
    parser.add_argument("problem", nargs="?")
    parser.add_argument("--lang", choices=LANGUAGES, default=language())
    return parser.parse_args(shlex.split(line))
