"""How often a wrong submission is told its mistake: made wrong by one change, or written by hand.

Made: accepted corpus files and programs of many styles (those that were not played while the
styles were written) are each changed at one random place, so the line at fault is known. Written:
the wrong files of the corpus of which the truth, a name or lines, stands in
tests/quality/at_fault.yaml. Each is judged as a student's is, with all that the report says.

Named: a known mistake, and another seed's judge names it too (of a written one: the right one).
Line: the first line that is told is the one at fault; of a statement that was left out: the same
statement. There: what raised did so at that line, and the report says it; of a statement that was
left out, the report names what has no value without it. As true: another line, whose change makes
the program right with another seed too. Silent: nothing of this. Wrong: a name
that another seed does not find, or a line whose change does not make the program right. Of what
raises or gives a wrong shape the same is counted apart, and how many of the rest are told what met
there or had no value. With --faults 2 two places of each are changed: right is then what
tells one of the two lines first, and the row says which lines are told. With
--twice the whole report is asked for with the other seed as well: whether it says the same.

    python tests/benchmarks/bench_explain.py simple_rnn [--draw 0] [--made 150] [--written 60]
"""

import argparse
import ast
import itertools
import random
import re
import statistics
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

KIT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(KIT))

from grader.explain.bare import bare  # noqa: E402  # run as a file
from grader.explain.faulty import find, play  # noqa: E402
from grader.explain.faulty.program import Program  # noqa: E402
from grader.judge.judge import Judge  # noqa: E402
from grader.model import Source, Verdict  # noqa: E402
from grader.problems.load import load_problem  # noqa: E402
from grader.setting.mutants import changed  # noqa: E402
from tests.styles.compose import HELD_BACK, PROGRAMS, style  # noqa: E402

SEED, SECOND_SEED = 20240607, 7
BUSY = 50  # times longer by the clock than on a machine that does nothing else
RESULTS = ("named", "line", "there", "as true", "silent", "wrong")
RIGHT = ("named", "line", "there")
TRUTHS = KIT / "tests/quality/at_fault.yaml"


@dataclass(frozen=True)
class Wrong:
    """A wrong program, the lines at fault or the names of the mistake, and how it was made."""

    name: str
    source: str
    lines: tuple[int, ...]
    change: str = ""
    names: tuple[str, ...] = ()

    @property
    def gone(self):
        """The statement that was left out, if one was."""
        before, _, after = (part.partition("  #")[0] for part in self.change.partition(" -> "))
        return before.strip("'\"") if after.strip("'\"") == "pass" else ""


def programs(problem, draw):
    """Correct programs without end: a style, then a corpus file, and so on."""
    files = sorted((KIT / "tests/corpus" / problem / "accepted").glob("*.py"))
    while True:
        made = style(problem, draw.randrange(HELD_BACK, PROGRAMS))
        yield str(made), made.source
        path = draw.choice(files)
        try:
            yield path.name, path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            continue


def made_wrong(judge, draw, faults=1):
    """Programs with so many changes that are judged wrong, and can be explained."""
    for name, source in programs(judge.problem.id, draw):
        try:
            mutants = [mutant := changed(source, draw)]
            while len(mutants) < faults:
                mutants.append(mutant := changed(mutant.source, draw))
        except (SyntaxError, ValueError):
            continue
        report = judge.judge(mutant.source.encode(), name, search=False)
        if any(g.verdict in (Verdict.WA, Verdict.RTE) for g in report.groups):
            change = "; ".join(f"{m.before[:60]!r} -> {m.after[:60]!r}" for m in mutants)
            lines = tuple(m.line for m in mutants)
            yield Wrong(f"{name}:{','.join(map(str, lines))}", mutant.source, lines, change)


def written_wrong(problem):
    """The corpus files of which the truth is known."""
    known = yaml.safe_load(TRUTHS.read_text("utf-8"))
    for name, truth in sorted(known.get(problem, {}).items()):
        source = (KIT / "tests/corpus" / problem / name).read_text("utf-8-sig")
        yield Wrong(
            name, source, tuple(truth.get("lines", ())), names=tuple(truth.get("names", ()))
        )


def unhurried(problem):
    """The problem with limits of the clock that a busy machine does not reach."""
    find.WALL_S *= BUSY
    play.HUNG_WALL_S *= BUSY
    of_clock = {name: BUSY * getattr(problem.limits, name) for name in ("wall_s", "case_wall_s")}
    return replace(problem, limits=replace(problem.limits, **of_clock))


def processor_s(judge):
    """What this process and the workers that have ended have used."""
    fields = Path(f"/proc/{judge.sandbox.process.pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(fields[13]) + int(fields[14])) / 100


def searched(wrong):
    """The program whose lines were searched: without comments, which an edit's places leave out."""
    return Program(bare(Source(wrong.source.encode())).text)


def same_statement(program, a, b):
    """Whether two lines belong to one statement."""
    if a == b:
        return True
    around = [p.node for p in program.places if p.node.lineno <= a <= p.node.end_lineno]
    if not around:
        return False
    body = getattr(around[-1], "body", None)  # of a loop or the like it is the head
    end = body[0].lineno - 1 if isinstance(body, list) else around[-1].end_lineno
    return around[-1].lineno <= b <= max(end, around[-1].lineno)


def plain(statement):
    """A statement as Python itself would write it; as it is if it is only a part of one."""
    try:
        return ast.unparse(ast.parse(statement.strip()))
    except SyntaxError:
        return statement.strip()


def given_by(program, wrong):
    """What a statement that was left out gives a value: names, attributes, or its function."""
    gone = wrong.gone.partition("=")[0].strip()
    if gone.startswith("return"):
        functions = [p.node for p in program.places if p.node.lineno <= wrong.lines[0]]
        return {[f.name for f in functions if hasattr(f, "args")][-1]}
    names = re.findall(r"[A-Za-z_]\w*", gone) if "=" in wrong.gone else []
    return set(names) - {"self"}


def said_to_lack(report):
    """The names of which a report says that nothing gives them a value, or that they give none."""
    said = [d.message for d in report.diagnosis if d.id == "where-raised"]
    start = [re.match(r"`(\w+)`", m) for m in said]
    return {found[1] for found in start if found}


def result_of(report, wrong, judge, second):
    """One of RESULTS."""
    told = [d for d in report.diagnosis if not d.id.startswith("where-")]
    raised = {report.line, *(g.line for g in report.groups if g.verdict is Verdict.RTE)}
    if not told:
        program = searched(wrong)
        there = any(same_statement(program, r, n) for r in raised if r for n in wrong.lines)
        there = there or bool(given_by(program, wrong) & said_to_lack(report))
        return "there" if there else "silent"
    if told[0].id != "faulty-line":
        again = second.judge(wrong.source.encode(), wrong.name)
        proved = {d.id for d in again.diagnosis}
        right = told[0].id in (proved & set(wrong.names) if wrong.names else proved)
        return "named" if right else "wrong"
    program, lines = searched(wrong), judge.explainer.lines
    if any(same_statement(program, a, b) for a in lines.proof.where[0][0] for b in wrong.lines):
        return "line"
    edits = lines.repairs[:1]
    if any(
        e.kind == "missing" and plain(e.splices[0][2]) == plain(wrong.gone) != "" for e in edits
    ):
        return "line"  # where in the block it stands does not matter
    mended = second.judge(lines.proof.sources[0], "mended", search=False)
    return "as true" if mended.verdict is Verdict.AC else "wrong"


def no_numbers(report):
    """Whether something raised, or what came back were no numbers of the shape asked for."""
    failed = [g for g in report.groups if g.verdict in (Verdict.WA, Verdict.RTE)]
    return any(g.verdict is Verdict.RTE or "shape" in g.message for g in failed)


def said(report):
    """The mistake that a report names first, or the line."""
    told = [d for d in report.diagnosis if not d.id.startswith("where-")]
    return [(d.id, d.line) for d in told[:1]]


def measure(judge, second, programs, *, show, twice):
    """Return the result of each, its whole report's processor time, and the results of no numbers.

    Of those "met" is one that is told no more than what met there. A row each is printed.
    """
    found, times, differing, apart = [], [], 0, []
    for wrong in programs:
        began = processor_s(judge)
        report = judge.judge(wrong.source.encode(), wrong.name)
        used = processor_s(judge) - began
        result = result_of(report, wrong, judge, second)
        found.append(result)
        times.append(used)
        met = result == "silent" and any(d.id == "where-raised" for d in report.diagnosis)
        apart += ["met" if met else result] if no_numbers(report) else []
        lines = judge.explainer.lines if judge.explainer else None
        played = lines.played if lines and result != "named" else 0
        told = " ".join(d.id for d in report.diagnosis)
        if lines and lines.proof and result != "named":
            told += f" ({lines.proof.mends}: {[where for where, _ in lines.proof.where]})"
        if twice and said(second.judge(wrong.source.encode(), wrong.name)) != said(report):
            differing += 1
            told += " (another seed says something else)"
        print(
            f"{len(found):3} {result:8} {played:5} {used:5.2f} s  {report.verdict} {wrong.name}"
            f"  {wrong.change}  [{told}]",
            flush=True,
        )
        if show and report.diagnosis:
            print(f"      {report.diagnosis[0].message}\n{report.diagnosis[0].change}")
    if twice:
        print(f"another seed says the same of {len(found) - differing} of {len(found)}")
    return found, times, apart


def summary(problem, what, found, times, apart):
    """The figures on two lines."""
    counts = ", ".join(f"{r} {found.count(r)}" for r in RESULTS)
    right, raised = (sum(r in RIGHT for r in results) for results in (found, apart))
    return (
        f"{problem}, {what}: {right} of {len(found)} right ({counts}); processor time: median"
        f" {statistics.median(times):.2f} s, largest {max(times):.2f} s\n  raised or misshapen:"
        f" {raised} of {len(apart)} right, {apart.count('met')} more told what met there"
    )


def main():
    """Draw, judge, and print a row for each program and the figures of all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("problem")
    parser.add_argument("--draw", type=int, default=0)
    parser.add_argument("--made", type=int, default=150)
    parser.add_argument("--written", type=int, default=1000)
    parser.add_argument("--faults", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--twice", action="store_true")
    options = parser.parse_args()
    problem = unhurried(load_problem(options.problem))
    with Judge(problem, SEED) as judge, Judge(problem, SECOND_SEED) as second:
        parts = {}
        if options.made:
            draw = random.Random(f"explain {problem.id} {options.draw}")
            parts["made"] = itertools.islice(made_wrong(judge, draw, options.faults), options.made)
        if options.written:
            parts["written"] = itertools.islice(written_wrong(problem.id), options.written)
        figures = []
        for what, wrong in parts.items():
            found = measure(judge, second, wrong, show=options.show, twice=options.twice)
            figures.append(summary(problem.id, what, *found))
    print("\n".join(figures))


if __name__ == "__main__":
    main()
