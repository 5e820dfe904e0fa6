"""What a wrong submission costs against a right one: `python -m tests.benchmarks.bench_wrong`.

    ratio [PROBLEM ...]   processor time of wrong and of right submissions of the corpus, by problem:
                          verdict, smallest case and name; apart from it the search for the line
    worst [PROBLEM ...]   the costliest submissions of a corpus, against the CPU limit; takes long
    class                 classes of 200, 60 % wrong, with two judges, against one all right

Without arguments `ratio` and `class`. Processor time is that of judge, zygote and workers, for all
that a report says. Ratios come from one run on one machine; nothing is asserted.
"""

import statistics
import sys
import time
from unittest import mock

from grader.cases.suite import make_suite
from grader.explain.faulty.find import FaultyLines
from grader.judge.judge import Judge
from grader.problems.load import load_problem, problem_ids
from tests.benchmarks import bench_class
from tests.benchmarks.corpus_reports import cpu_s
from tests.support import FOLDERS, SEED, samples

TAKEN = 16  # files of a folder
ROUNDS = 2


def spread(found):
    """So many files, spread over a folder."""
    return found[:: max(1, len(found) // TAKEN)][:TAKEN]


def cost(judge, sample):
    """Processor time of one submission, what of it the search for the line at fault took."""
    searched = []
    search = FaultyLines.of

    def timed(*arguments):
        began = cpu_s(judge)
        try:
            return search(*arguments)
        finally:
            searched.append(cpu_s(judge) - began)

    if judge.explainer is not None:
        judge.explainer.told.clear()  # no two of a corpus are the same program
    before = cpu_s(judge)
    with mock.patch.object(FaultyLines, "of", timed):
        judge.judge(sample.source, "solution.py")
    return cpu_s(judge) - before - sum(searched), searched


def whole(judge, sample):
    """Processor time of one submission, all searches included."""
    spent, searched = cost(judge, sample)
    return spent + sum(searched)


def ratio(ids=()):
    """Print medians by problem: of mistakes met for the first time, and again; of the search."""
    print(
        "| problem | right | wrong, first met | wrong, met before | ratio | line searched | takes |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for problem_id in ids or problem_ids():
        problem = load_problem(problem_id)
        chosen = {
            folder: spread([s for s in samples(folder) if s.problem == problem_id])
            for folder in ("accepted", "wrong_answer")
        }
        with Judge(problem, SEED) as judge:
            cost(judge, chosen["accepted"][0])
            first = [cost(judge, s) for s in chosen["wrong_answer"]]
            right, wrong = [], []
            for _ in range(ROUNDS):
                right += [cost(judge, s) for s in chosen["accepted"]]
                wrong += [cost(judge, s) for s in chosen["wrong_answer"]]
        base, new, old = (statistics.median(s for s, _ in found) for found in (right, first, wrong))
        lines = [s for _, searched in wrong for s in searched]
        takes = f"{statistics.median(lines):.2f} s" if lines else "-"
        print(
            f"| {problem_id} | {base:.3f} s | {new:.3f} s | {old:.3f} s | {old / base:.1f} "
            f"| {len(lines)} of {len(wrong)} | {takes} |",
            flush=True,
        )


def worst(ids=()):
    """Print the costliest submissions of each corpus and the part of the CPU limit that they took."""
    for problem_id in ids or problem_ids():
        problem = load_problem(problem_id)
        with Judge(problem, SEED) as judge:
            found = sorted(
                ((whole(judge, s), str(s)) for s in samples(*FOLDERS) if s.problem == problem_id),
                reverse=True,
            )
        for spent, name in found[:3]:
            print(f"{name}: {spent:.1f} s, {spent / problem.limits.cpu_s:.2f} of the CPU limit")


def class_():
    """Print the rates of classes of 200, all right and wrong to 60 %, and their ratios."""
    problem = load_problem("simple_rnn")
    suite = make_suite(problem, SEED)
    began = time.perf_counter()
    bench_class.wrong(problem, suite)
    print(f"({time.perf_counter() - began:.0f} s in all)")


def main():
    """Print what is asked for."""
    parts = {"ratio": ratio, "worst": worst}
    if len(sys.argv) < 2:
        ratio()
        class_()
    elif sys.argv[1] == "class":
        class_()
    else:
        parts[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    main()
