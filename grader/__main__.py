"""`python -P -m grader` is the same as `grader`.

Without -P Python would run `grader` or `importlib` from the working directory, if it is there,
before anything here.
"""

from grader.cli import main

main()
