"""How many correct programs the judge refuses; prints a table by problem and seed.

Programs are put together from independent choices of style (tests/styles). Those from 800 on have
lines of their own: they were not played while the styles were written. The thousand steps of
training of the group `learning` are played on the default seed only.

    python tests/benchmarks/bench_styles.py [PROBLEM ...] [--seeds 20240607,1,2,3] [--styles 0:1000]
                                            [--processes 2]
"""

import argparse
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

KIT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(KIT))

from tests.styles.compose import HELD_BACK, PROBLEMS, PROGRAMS, style  # noqa: E402  # run as a file
from tests.styles.playing import court  # noqa: E402

SEEDS = (20240607, 1, 2, 3)


def played(problem, seed, first, last):
    """Every program of a range on the suite of a seed, one line each as it is done."""
    without = () if seed == SEEDS[0] else ("learning",)
    with court(problem, seed, without=without) as play:
        for n in range(first, last):
            found = play(style(problem, n))
            print(
                n,
                f"{found.ratio:.4g}",
                f"{found.cpu_s:.3f}",
                " ".join(found.refused.split()) or "-",
                found.where,
                sep="\t",
                flush=True,
            )


def one_process(problem, seed, first, last):
    """What such a process printed, as rows."""
    command = [
        sys.executable,
        __file__,
        problem,
        "--child",
        "--seeds",
        str(seed),
        "--styles",
        f"{first}:{last}",
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


def row(problem, seed, rows):
    """One line of the table, and the refused programs below it."""
    refused = [r for r in rows if r[3] != "-"]
    ratio, worst = max((float(r[1]), int(r[0])) for r in rows)
    cpu_s = sum(float(r[2]) for r in rows)
    print(
        f"| {problem} | {seed} | {rows[0][0]}-{rows[-1][0]} | {len(rows)} | {len(refused)} | {ratio:.2g} ({worst}) | {cpu_s:.0f} |",
        flush=True,
    )
    for number, off, _, why, where in refused[:10]:
        print(
            f"  refused: {problem} {number}: {why} ({where}), {off} bounds\n    {style(problem, int(number)).described}"
        )
    shared(problem, rows, refused)


def shared(problem, rows, refused):
    """The choices that are much more frequent among refused programs than among all."""
    if len(refused) <= 10:
        return
    every = Counter(pair for r in rows for pair in style(problem, int(r[0])).choices.items())
    those = Counter(pair for r in refused for pair in style(problem, int(r[0])).choices.items())
    often = [
        (n / every[p], n, p)
        for p, n in those.items()
        if n / every[p] > 2 * len(refused) / len(rows)
    ]
    for share, n, (axis, value) in sorted(often, reverse=True)[:12]:
        print(f"    {share:4.0%} of those with {axis}={value} ({n})")


def main():
    """Play what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("problems", nargs="*", default=PROBLEMS)
    parser.add_argument("--seeds", default=",".join(map(str, SEEDS)))
    parser.add_argument("--styles", default=f"0:{PROGRAMS}")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    first, last = map(int, asked.styles.split(":"))
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    if asked.child:
        played(asked.problems[0], seeds[0], first, last)
        return
    parts = [
        (a, b) for a, b in ((first, min(last, HELD_BACK)), (max(first, HELD_BACK), last)) if a < b
    ]
    runs = [(p, s, *part) for p in asked.problems for s in seeds for part in parts]
    print(
        "| problem | seed | programs | played | refused | largest deviation / bound (program) | CPU s |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with ThreadPoolExecutor(asked.processes) as pool:
        for run, rows in zip(runs, pool.map(lambda run: one_process(*run), runs), strict=True):
            row(run[0], run[1], rows)


if __name__ == "__main__":
    main()
