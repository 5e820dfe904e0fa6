"""Helper functions that programs call, by name."""

HELPERS = {
    "in_halves": """
def in_halves(W, v):
    n = len(v) // 2
    return W @ v if n == 0 else in_halves(W[:, :n], v[:n]) + in_halves(W[:, n:], v[n:])
""",
    "exact_product": """
def exact_product(W, v):
    sums = [math.fsum(w * s for w, s in zip(row, v.ravel().tolist())) for row in W.tolist()]
    return np.array(sums).reshape((-1,) + v.shape[1:])
""",
    "loop_product": """
def loop_product(A, B):
    C = np.zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            C[i] += A[i, j] * B[j]
    return C
""",
    "fsum_product": """
def fsum_product(A, B):
    columns = B.T.tolist()
    sums = [[math.fsum(map(float.__mul__, p, q)) for q in columns] for p in A.tolist()]
    return np.array(sums).reshape(len(A), B.shape[1])
""",
    "looped": """
def looped(rows, terms, term):
    sums = [0.0] * rows
    for i in range(rows):
        for j in range(terms):
            sums[i] += term(i, j)
    return sums
""",
    "add_into": """
def add_into(total, part):
    for row, more in zip(total, part):
        for j, value in enumerate(more):
            row[j] += value
""",
    "matrix_sum": """
def matrix_sum(parts):
    return [[sum(values) for values in zip(*rows)] for rows in zip(*parts)]
""",
    "step_down": """
def step_down(W, part, rate):
    for i, row in enumerate(part):
        for j, value in enumerate(row):
            W[i][j] -= rate * value
""",
    "pairwise": """
def pairwise(parts):
    n = len(parts) // 2
    return parts[0] if n == 0 else pairwise(parts[:n]) + pairwise(parts[n:])
""",
    "exact_sum": """
def exact_sum(parts):
    stacked = np.array(parts)
    sums = [math.fsum(column) for column in stacked.reshape(len(stacked), -1).T.tolist()]
    return np.array(sums).reshape(stacked.shape[1:])
""",
}


def helpers_text(source):
    """The helper functions that a source calls."""
    wanted = [text for name, text in HELPERS.items() if f"{name}(" in source]
    return "\n\n".join(text.strip("\n") + "\n" for text in wanted)


def imports_text(source):
    """The imports that a source needs, whatever it was put together from."""
    modules = (
        "cmath",
        "collections",
        "dataclasses",
        "functools",
        "itertools",
        "math",
        "operator",
        "types",
    )
    found = [f"import {m}" for m in modules if f"{m}." in source]
    return "\n".join([*found, "import numpy as np"])


def assembled(functions, text):
    """Imports, helpers and functions before the text that uses them."""
    helpers = helpers_text(functions + text)
    imports = imports_text(helpers + functions + text)
    parts = [part.strip("\n") for part in (imports, helpers, functions, text)]
    return "\n\n\n".join(part for part in parts if part) + "\n"
