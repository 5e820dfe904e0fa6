"""How many wrong solutions other ways to grade this problem accept; prints a table.

Compared on tests/corpus/simple_rnn/wrong_answer: one seeded step at the statement's own scale
with numpy.allclose, as a course would write it by hand, and the three published cases of the
Deep-ML version (final outputs after training, seed 42). The corpus is trusted: it runs here.

    python tests/benchmarks/bench_other_graders.py
"""

import contextlib
import io
import types
import warnings
from pathlib import Path

import numpy as np

KIT = Path(__file__).resolve().parents[2]
CORPUS = KIT / "tests" / "corpus" / "simple_rnn"
PUBLISHED = (
    ([[1], [2], [3], [4]], [[2], [3], [4], [5]], 5, 100),
    ([[1, 2], [7, 2], [1, 3], [12, 4]], [[1, 2], [7, 2], [1, 3], [12, 4]], 3, 100),
    ([[1, 2], [7, 2], [1, 3], [12, 4]], [[2, 1], [3, 7], [4, 8], [5, 10]], 10, 50),
)
NAMES = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")


def load(path):
    """Return the file as a module."""
    module = types.ModuleType("solution")
    exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    return module


def one_step(solution):
    """Weights and outputs after one step from seeded initial weights."""
    np.random.seed(0)
    x, y = np.random.randn(5, 3), np.random.randn(5, 2)
    model = solution.SimpleRNN(3, 4, 2)
    outputs = np.array(model.forward(x.copy()), float)
    model.backward(x.copy(), y.copy(), 0.01)
    return [outputs, *(np.array(getattr(model, n), float) for n in NAMES)]


def published(solution, case):
    """Outputs after the training of a published case."""
    x, y, hidden, epochs = case
    x, y = np.array(x, float), np.array(y, float)
    np.random.seed(42)
    model = solution.SimpleRNN(x.shape[1], hidden, y.shape[1])
    for _ in range(epochs):
        outputs = model.forward(x)
        model.backward(x, y, 0.01)
    return [np.array(outputs, float)]


WAYS = {
    "one seeded step, numpy.allclose": [one_step],
    **{f"Deep-ML case {n + 1}": [lambda s, c=c: published(s, c)] for n, c in enumerate(PUBLISHED)},
    "all three Deep-ML cases": [lambda s, c=c: published(s, c) for c in PUBLISHED],
}


def accepts(plays, reference, path):
    """Whether every play gives what the reference gives, in the eyes of numpy.allclose."""
    try:
        for play in plays:
            for expected, actual in zip(play(reference), play(load(path)), strict=True):
                if expected.shape != actual.shape or not np.allclose(expected, actual):
                    return False
    except Exception:
        return False
    return True


def main():
    """Print the table."""
    warnings.simplefilter("ignore")
    reference = load(KIT / "reference" / "simple_rnn.py")
    wrong = sorted((CORPUS / "wrong_answer").glob("*.py"))
    right = sorted((CORPUS / "accepted").glob("*.py"))
    print(f"{'way to grade':<34} wrong accepted (of {len(wrong)})  right refused (of {len(right)})")
    for name, plays in WAYS.items():
        quiet = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
            accepted = sum(accepts(plays, reference, p) for p in wrong)
            refused = sum(not accepts(plays, reference, p) for p in right)
        print(f"{name:<34} {accepted:>14}  {refused:>23}")


if __name__ == "__main__":
    main()
