"""How often the faulty line is found: programs made wrong by one change, of which the line is known.

Accepted corpus files and programs of many styles (those that were not played while the styles were
written) are each changed at one random place. What is judged wrong, and is no known mistake by
name, is given to the search. Right: the first line that is named is the changed one. As true:
another line, whose change makes the program right on a second seed too. False: it does not.

    python tests/benchmarks/bench_faulty.py simple_rnn [--draw 0] [--count 30] [--raising]
"""

import argparse
import contextlib
import random
import statistics
import sys
import time
from pathlib import Path

KIT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(KIT))

from grader.explain.budget import OutOfBudgetError  # noqa: E402  # run as a file
from grader.explain.diagnose.cause import Diagnoses  # noqa: E402
from grader.explain.diagnose.scored import Scored  # noqa: E402
from grader.explain.faulty.find import FaultyLines  # noqa: E402
from grader.explain.faulty.program import Program  # noqa: E402
from grader.explain.trial import Trial  # noqa: E402
from grader.judge.judge import Judge, find_mismatches  # noqa: E402
from grader.model import Verdict  # noqa: E402
from grader.problems.load import load_problem  # noqa: E402
from grader.sandbox.run import play_all  # noqa: E402
from grader.setting.mutants import changed  # noqa: E402
from tests.styles.compose import HELD_BACK, PROGRAMS, style  # noqa: E402

SEED, SECOND_SEED = 20240607, 7


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


def wrong_programs(judge, draw, raising):
    """Programs with one change that are judged wrong, not named, and can be searched."""
    for name, source in programs(judge.problem.id, draw):
        try:
            mutant = changed(source, draw)
        except (SyntaxError, ValueError):
            continue
        report = judge.judge(mutant.source.encode(), name, search=False)
        if report.verdict is Verdict.WA or (raising and report.verdict is Verdict.RTE):
            yield name, mutant, report


def is_named(judge, known, source, report):
    """Whether the mistake is a known one."""
    if report.verdict is not Verdict.WA:
        return False
    run = play_all(judge.sandbox, source, judge.suite.cases)
    scored = Scored(judge.suite, run, find_mismatches(judge.suite, run))
    with Trial(judge.sandbox, source) as trial, contextlib.suppress(OutOfBudgetError):
        found = known.of(trial, report.groups, scored)
        return not all(d.id.startswith("where-") for d in found)
    return False


def processor_s(judge):
    """What this process and the workers that have ended have used."""
    fields = Path(f"/proc/{judge.sandbox.process.pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(fields[13]) + int(fields[14])) / 100


def same_statement(program, a, b):
    """Whether two lines belong to one statement."""
    if a == b:
        return True
    around = [p.node for p in program.places if p.node.lineno <= a <= p.node.end_lineno]
    return bool(around) and around[-1].lineno <= b <= around[-1].end_lineno


def verdict_on(lines, program, mutant, second):
    """Right, beside the right one, as true, false or silent."""
    if not lines.repairs:
        return "silent"
    first = lines.repairs[0].edit
    if any(same_statement(program, line, mutant.line) for line in first.lines):
        return "right"
    mended = program.spliced(first.splices)
    if second.judge(mended, "mended", search=False).verdict is not Verdict.AC:
        return "false"
    return "as true"


def main():
    """Draw, search, and print a row for each program and the figures of all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("problem")
    parser.add_argument("--draw", type=int, default=0)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--raising", action="store_true")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    problem = load_problem(options.problem)
    draw = random.Random(f"faulty {options.problem} {options.draw}")
    found, played, times, named = [], [], [], 0
    with Judge(problem, SEED) as judge, Judge(problem, SECOND_SEED) as second:
        lines, known = FaultyLines(judge.suite, judge.sandbox), Diagnoses(problem, SEED)
        for name, mutant, report in wrong_programs(judge, draw, options.raising):
            source = mutant.source.encode()
            if is_named(judge, known, source, report):
                named += 1
                continue
            began = processor_s(judge)
            told = lines.of(source, report.groups)
            used = processor_s(judge) - began
            result = verdict_on(lines, Program(source), mutant, second)
            found.append(result)
            played.append(lines.played)
            times.append(used)
            print(
                f"{len(found):3} {result:8} {lines.played:5} {used:5.2f} s  {report.verdict}"
                f" {name}:{mutant.line}  {mutant.before[:60]!r} -> {mutant.after[:60]!r}",
                flush=True,
            )
            if options.show and told:
                print(f"      {told[0].message}\n{told[0].change}")
            if len(found) == options.count:
                break
    count = {kind: found.count(kind) for kind in ("right", "as true", "silent", "false")}
    print(f"{options.problem}, draw {options.draw}: {count}; {named} more were named")
    for what, values in (("candidates", played), ("processor s", times)):
        cuts = statistics.quantiles(values, n=10)
        print(f"{what}: median {statistics.median(values):.4g}, 90th percentile {cuts[8]:.4g}")


if __name__ == "__main__":
    main()
