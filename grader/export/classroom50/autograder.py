"""Checks the solution in the working directory and writes result.json, for Classroom 50's runner.

These are the public checks that a student has at home. The working directory is the student's: no
interpreter that is started here imports from it (-P). Exit code 0: the checks ran, whatever they
found; anything else: they could not be run, which is not the student's fault.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SUBMISSIONS = ("solution.py", "solution.ipynb")  # the first that is there


def main() -> int:
    """Install the kit, check, write."""
    (wheel,) = HERE.glob("*.whl")
    extras = (HERE / "extras.txt").read_text(encoding="utf-8")
    install = [sys.executable, "-P", "-m", "pip", "install", "--quiet", f"{wheel}{extras}"]
    subprocess.run(install, check=True)  # noqa: S603  # our own wheel
    there = [name for name in SUBMISSIONS if Path(name).is_file()]
    tests = checked(there[0]) if there else [failed(f"{' or '.join(SUBMISSIONS)} is there", "")]
    data = {
        "schema": "classroom50/result/v1",
        "classroom": os.environ["CLASSROOM"],
        "assignment": os.environ["ASSIGNMENT"],
        "assignment_type": os.environ.get("ASSIGNMENT_TYPE") or "individual",
        "owner": os.environ["OWNER"],
        "submission": os.environ["SUBMISSION_TAG"],
        "commit": os.environ["COMMIT_URL"],
        "release": os.environ["RELEASE_URL"],
        "review": os.environ.get("REVIEW_URL") or os.environ["COMMIT_URL"],
        "datetime": commit_time(),
        "score": sum(t["score"] for t in tests),
        "max-score": sum(t["max-score"] for t in tests),
        "tests": tests,
    }
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    Path("result.json").write_text(text, encoding="utf-8")
    return 0


def checked(submission: str) -> list[dict[str, Any]]:
    """Return a test for every check of the problem beside this file."""
    (problem,) = (HERE / "problem").iterdir()
    command = [sys.executable, "-P", "-m", "grader", "check", submission, "--format", "json"]
    done = subprocess.run(  # noqa: S603  # our own program
        [*command, "--problem", problem.name],
        env={**os.environ, "GRADER_PROBLEMS": str(problem.parent)},
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.returncode)
    data = json.loads(done.stdout)
    if data["start"]:
        return [failed("it can be imported", data["start"])]
    return [
        outcome(c["name"], c["points"] if c["ok"] else 0, c["points"], c["message"], ok=c["ok"])
        for c in data["checks"]
    ]


def outcome(name: str, score: int, most: int, message: str, *, ok: bool) -> dict[str, Any]:
    """Return one line of the result; the message is kept beside it."""
    return {
        "test-name": name,
        "passed": ok,
        "score": score,
        "max-score": most,
        "message": message,
    }


def failed(name: str, message: str) -> dict[str, Any]:
    """Return the only line of a result of which there is nothing more to say."""
    return outcome(name, 0, 100, message, ok=False)


def commit_time() -> str:
    """Return when the commit was made, so that checking again changes nothing."""
    given = os.environ.get("COMMIT_TIME")
    if given:
        return given
    command = ["git", "log", "-1", "--format=%ct"]
    seconds = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    sys.exit(main())
