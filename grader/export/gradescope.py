"""The autograder.zip that Gradescope builds a container from."""

from grader.export import bundle, parts
from grader.export.readme import readme
from grader.model import Problem

README = """
1. In the assignment's settings, "Configure Autograder": upload this zip as it is, and set the
   points to 100. Half a CPU and 768 MB are enough.
2. Gradescope runs `setup.sh` once, which installs Python 3.11 or newer, libseccomp and the kit; the
   build log ends in the words of `grader doctor`.
3. It runs `run_autograder` for every submission: `solution.py`, else `solution.ipynb`, else the
   only file that ends so.
4. "Test Autograder" with a right and a wrong one before you publish.

Each test group is a test; the first that fails also shows the smallest failing case and the likely
cause. After a judge error there are no results, so that you can run it again: it is no 0.
"""
EXECUTABLE = frozenset({"setup.sh", "run_autograder"})
SETUP = """#!/usr/bin/env bash
# Run once, as root, when Gradescope builds the image.
set -euo pipefail
cd /autograder/source
fit() {{
  "$1" -I -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}}
for python in python3 python3.14 python3.13 python3.12 python3.11 ''; do
  if fit "$python"; then break; fi
done
if [ -z "$python" ] || ! ldconfig -p | grep -q libseccomp.so.2; then
  apt-get update
  apt-get install -y libseccomp2
fi
if [ -z "$python" ]; then
  apt-get install -y python3.11 python3.11-venv
  python=python3.11
fi
# Where submissions may read Python's modules; kit/, with the answers, stays out of there.
"$python" -I -m venv /autograder/venv
wheel=$(echo kit/*.whl)
/autograder/venv/bin/python -I -m pip install --no-cache-dir "/autograder/source/$wheel{extras}"
chmod 700 /autograder/source
/autograder/venv/bin/grader doctor || true # its words are in the image's build log
"""
RUN = """#!/usr/bin/env bash
# Run for every submission. With a judge error there are no results and the code is not 0, so that
# staff can run it again: a file with 0 points would become a grade.
set -uo pipefail
cd /autograder/submission
results=/autograder/results/results.json
if [ -f solution.py ]; then
  set -- solution.py
elif [ -f solution.ipynb ]; then
  set -- solution.ipynb
else
  shopt -s nullglob
  set -- *.py *.ipynb
fi
if [ $# -ne 1 ] || [ ! -f "$1" ]; then
  why='Hand in one file named solution.py or solution.ipynb.'
  printf '{{"score": 0, "output": "%s", "tests": []}}\n' "$why" > "$results"
  exit 0
fi
export GRADER_PROBLEMS=/autograder/source/kit/problem GRADER_SEED={seed}
/autograder/venv/bin/grader grade --problem {id} --report "gradescope=$results" -- "$1"
code=$?
[ "$code" -eq 1 ] && code=0 # judged, and not accepted: the results say so
exit "$code"
"""


def export(problem: Problem, seed: int) -> bytes:
    """Return the zip; the seed is in it."""
    setup = SETUP.format(extras=parts.requirement(problem))
    return bundle.pack(
        {
            "README.md": readme(f"{problem.name['en']}: autograder for Gradescope", README, seed),
            "setup.sh": setup.encode(),
            "run_autograder": RUN.format(id=problem.id, seed=seed).encode(),
            **parts.with_answers(problem, "kit"),
        },
        EXECUTABLE,
    )
