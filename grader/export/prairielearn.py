"""A question for a PrairieLearn course, graded externally, and the image that grades it."""

import json
import uuid

from grader.export import bundle, parts, wheel
from grader.export.readme import readme
from grader.model import Problem

TIMEOUT_S = 300
README = """
1. Put `questions/{id}` into the course's repository, which only staff may read.
2. Build the image, and push it to where PrairieLearn may take it from:

       docker build -t {image} image/
       docker push {image}

   If it is called otherwise there, say so in `questions/{id}/info.json`.
3. Synchronise the course, and put the question `{id}` into an assessment.

Students upload `solution.py` or `solution.ipynb`. A submission gets its share of the points, each
test group with what is wrong. What cannot be imported, and a judge error, costs no attempt.
"""
QUESTION = """<pl-question-panel>
<markdown>
{statement}
</markdown>
<p>A file to start from: <pl-file-download file-name="solution.py"></pl-file-download></p>
<pl-file-upload file-patterns="solution.*"></pl-file-upload>
</pl-question-panel>
<pl-submission-panel>
<pl-external-grader-results></pl-external-grader-results>
<pl-file-preview></pl-file-preview>
</pl-submission-panel>
"""
RUN = """#!/usr/bin/env bash
# Run for every submission, in the image of the Dockerfile. What is not the student's try (a file
# that cannot be imported, a judge error) is not gradable, and costs no attempt.
set -uo pipefail
chmod 700 /grade/tests
mkdir -p /grade/results
cd /grade/student
export GRADER_PROBLEMS=/grade/tests/kit/problem GRADER_SEED={seed}
results=/grade/results/results.json
shopt -s nullglob nocaseglob
set -- solution.*
if [ $# -eq 1 ]; then
  grader grade --problem {id} --report "prairielearn=$results" -- "$1"
fi
if [ ! -f "$results" ]; then
  why='The judge could not grade this. It is not your fault; please tell the staff.'
  if [ $# -ne 1 ]; then why='Hand in one file named solution.py or solution.ipynb.'; fi
  printf '{{"gradable": false, "message": "%s", "format_errors": ["%s"]}}' "$why" "$why" \\
    > "$results"
fi
exit 0
"""
DOCKERFILE = """# docker build -t {image} image/
FROM python:3.12-slim
RUN apt-get update && apt-get install -y libseccomp2 && rm -rf /var/lib/apt/lists/*
COPY {wheel} /tmp/
RUN python -I -m pip install --no-cache-dir /tmp/{wheel}{extras} && rm /tmp/{wheel}
"""


def export(problem: Problem, seed: int, image: str) -> bytes:
    """Return a zip with questions/ID for the course and image/ for the registry."""
    under = f"questions/{problem.id}"
    english = (problem.root / "statement.en.md").read_text(encoding="utf-8")
    info = {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"rnn-judge:{problem.id}:{seed}")),
        "type": "v3",
        "title": problem.name["en"],
        "topic": "Recurrent networks",
        "gradingMethod": "External",
        "singleVariant": True,
        "partialCredit": True,
        "externalGradingOptions": {
            "enabled": True,
            "image": image,
            "entrypoint": "/grade/tests/run.sh",
            "timeout": TIMEOUT_S,
        },
    }
    kit = parts.with_answers(problem, f"{under}/tests/kit")
    name, packed = wheel.wheel()
    del kit[f"{under}/tests/kit/{name}"]  # it is in the image
    docker = DOCKERFILE.format(image=image, wheel=name, extras=parts.requirement(problem))
    return bundle.pack(
        {
            "README.md": readme(
                f"{problem.name['en']}: question for PrairieLearn",
                README.format(id=problem.id, image=image),
                seed,
            ),
            f"{under}/info.json": (json.dumps(info, indent=2, ensure_ascii=False) + "\n").encode(),
            f"{under}/question.html": QUESTION.format(statement=english).encode(),
            f"{under}/clientFilesQuestion/solution.py": (problem.root / "starter.py").read_bytes(),
            f"{under}/tests/run.sh": RUN.format(id=problem.id, seed=seed).encode(),
            "image/Dockerfile": docker.encode(),
            f"image/{name}": packed,
            **kit,
        },
        frozenset({f"{under}/tests/run.sh"}),
    )
