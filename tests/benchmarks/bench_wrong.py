"""What a wrong submission costs against a right one: `python -m tests.benchmarks.bench_wrong`.

    ratio [PROBLEM ...]   processor time of wrong and of right submissions of the corpus, by problem
    worst [PROBLEM ...]   the costliest submissions of a corpus, against the CPU limit; takes long
    class                 a class of 200, 60 % wrong, with two judges, against all right

Without arguments `ratio` and `class`. Processor time is that of judge, zygote and workers, for all
that a report says. Ratios come from one run on one machine; nothing is asserted.
"""

import statistics
import sys
import time

from grader.cases.suite import make_suite
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
    """Processor time of one submission, and its report."""
    before = cpu_s(judge)
    report = judge.judge(sample.source, "solution.py")
    return cpu_s(judge) - before, report


def ratio(ids=()):
    """Print medians by problem: of mistakes that are met for the first time, and again."""
    print("| problem | right | wrong, first met | ratio | wrong, met before | ratio |")
    print("| --- | --- | --- | --- | --- | --- |")
    for problem_id in ids or problem_ids():
        problem = load_problem(problem_id)
        chosen = {
            folder: spread([s for s in samples(folder) if s.problem == problem_id])
            for folder in ("accepted", "wrong_answer")
        }
        with Judge(problem, SEED) as judge:
            cost(judge, chosen["accepted"][0])
            first = [cost(judge, s)[0] for s in chosen["wrong_answer"]]
            right, wrong = [], []
            for _ in range(ROUNDS):
                right += [cost(judge, s)[0] for s in chosen["accepted"]]
                wrong += [cost(judge, s)[0] for s in chosen["wrong_answer"]]
        base, new, old = (statistics.median(v) for v in (right, first, wrong))
        print(
            f"| {problem_id} | {base:.3f} s | {new:.3f} s | {new / base:.1f} "
            f"| {old:.3f} s | {old / base:.1f} |",
            flush=True,
        )


def worst(ids=()):
    """Print the costliest submissions of each corpus and the part of the CPU limit that they took."""
    for problem_id in ids or problem_ids():
        problem = load_problem(problem_id)
        with Judge(problem, SEED) as judge:
            found = sorted(
                ((cost(judge, s)[0], str(s)) for s in samples(*FOLDERS) if s.problem == problem_id),
                reverse=True,
            )
        for spent, name in found[:3]:
            print(f"{name}: {spent:.1f} s, {spent / problem.limits.cpu_s:.2f} of the CPU limit")


def class_():
    """Print the rates of two classes of 200, one of them wrong to 60 %, and their ratio."""
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
