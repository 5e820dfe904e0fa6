"""How products are written: (W v, W^T v, a b^T) by the name of a way, for each layout of vectors."""

BY_COLUMN = {
    "at": ("{W} @ {v}", "{W}.T @ {v}", "{a} @ {b}.T"),
    "dot": ("np.dot({W}, {v})", "np.dot({W}.T, {v})", "np.dot({a}, {b}.T)"),
    "method": ("{W}.dot({v})", "{W}.T.dot({v})", "{a}.dot({b}.T)"),
    "matmul": ("np.matmul({W}, {v})", "np.matmul({W}.T, {v})", "np.matmul({a}, {b}.T)"),
    "einsum": (
        "np.einsum('ij,jk->ik', {W}, {v})",
        "np.einsum('ij,ik->jk', {W}, {v})",
        "np.einsum('ik,jk->ij', {a}, {b})",
    ),
    "broadcast": (
        "({W} * {v}.T).sum(axis=1, keepdims=True)",
        "({W} * {v}).sum(axis=0)[:, None]",
        "{a} * {b}.T",
    ),
    "tensordot": (
        "np.tensordot({W}, {v}, axes=1)",
        "np.tensordot({W}, {v}, (0, 0))",
        "np.tensordot({a}, {b}, (1, 1))",
    ),
    "turned": ("({v}.T @ {W}.T).T", "({v}.T @ {W}).T", "({b} @ {a}.T).T"),
    "reversed": ("{W}[:, ::-1] @ {v}[::-1]", "{W}[::-1].T @ {v}[::-1]", "np.outer({a}, {b})"),
    "by_columns": (
        "sum({W}[:, [j]] * {v}[j] for j in range({W}.shape[1]))",
        "sum({W}[[i]].T * {v}[i] for i in range({W}.shape[0]))",
        "np.kron({a}, {b}.T)",
    ),
    "halves": ("in_halves({W}, {v})", "in_halves({W}.T, {v})", "np.multiply({a}, {b}.T)"),
    "exact": (
        "exact_product({W}, {v})",
        "exact_product({W}.T, {v})",
        "np.multiply.outer({a}[:, 0], {b}[:, 0])",
    ),
}
BY_FLAT = {
    "at": ("{W} @ {v}", "{W}.T @ {v}", "{a}[:, None] @ {b}[None]"),
    "dot": ("np.dot({W}, {v})", "np.dot({v}, {W})", "np.outer({a}, {b})"),
    "method": ("{W}.dot({v})", "{v}.dot({W})", "{a}[:, None] * {b}[None, :]"),
    "matmul": ("np.matmul({W}, {v})", "np.matmul({v}, {W})", "np.matmul({a}[:, None], {b}[None])"),
    "einsum": (
        "np.einsum('ij,j->i', {W}, {v})",
        "np.einsum('ij,i->j', {W}, {v})",
        "np.einsum('i,j->ij', {a}, {b})",
    ),
    "broadcast": (
        "({W} * {v}).sum(axis=1)",
        "({W} * {v}[:, None]).sum(axis=0)",
        "{a}[:, np.newaxis] * {b}",
    ),
    "tensordot": (
        "np.tensordot({W}, {v}, 1)",
        "np.tensordot({v}, {W}, 1)",
        "np.tensordot({a}, {b}, 0)",
    ),
    "turned": ("{v} @ {W}.T", "{v} @ {W}", "np.outer({b}, {a}).T"),
    "reversed": (
        "{W}[:, ::-1] @ {v}[::-1]",
        "{v}[::-1] @ {W}[::-1]",
        "np.multiply.outer({a}, {b})",
    ),
    "by_columns": (
        "sum(w * s for w, s in zip({W}.T, {v}))",
        "sum(w * s for w, s in zip({W}, {v}))",
        "np.array([s * {b} for s in {a}])",
    ),
    "halves": (
        "in_halves({W}, {v})",
        "in_halves({W}.T, {v})",
        "np.stack([{a} * s for s in {b}], axis=1)",
    ),
    "exact": ("exact_product({W}, {v})", "exact_product({W}.T, {v})", "np.kron({a}[:, None], {b})"),
    "inner": ("np.inner({W}, {v})", "np.inner({W}.T, {v})", "{b} * {a}.reshape(-1, 1)"),
    "by_rows": (
        "np.array([w @ {v} for w in {W}])",
        "np.array([w @ {v} for w in {W}.T])",
        "np.outer({a}, {b})",
    ),
}
BY_ROW = {
    "at": ("{v} @ {W}.T", "{v} @ {W}", "{a}.T @ {b}"),
    "dot": ("np.dot({v}, {W}.T)", "np.dot({v}, {W})", "np.dot({a}.T, {b})"),
    "method": ("{v}.dot({W}.T)", "{v}.dot({W})", "{a}.T.dot({b})"),
    "matmul": ("np.matmul({v}, {W}.T)", "np.matmul({v}, {W})", "np.matmul({a}.T, {b})"),
    "einsum": (
        "np.einsum('kj,ij->ki', {v}, {W})",
        "np.einsum('ki,ij->kj', {v}, {W})",
        "np.einsum('ki,kj->ij', {a}, {b})",
    ),
    "broadcast": (
        "({W} * {v}).sum(axis=1)[None]",
        "({W} * {v}.T).sum(axis=0, keepdims=True)",
        "{a}.T * {b}",
    ),
    "tensordot": (
        "np.tensordot({v}, {W}, (1, 1))",
        "np.tensordot({v}, {W}, 1)",
        "np.tensordot({a}, {b}, (0, 0))",
    ),
    "turned": ("({W} @ {v}.T).T", "({W}.T @ {v}.T).T", "({b}.T @ {a}).T"),
    "inner": ("np.inner({v}, {W})", "np.inner({v}, {W}.T)", "np.outer({a}, {b})"),
    "reversed": (
        "{v}[:, ::-1] @ {W}[:, ::-1].T",
        "{v}[:, ::-1] @ {W}[::-1]",
        "np.outer({a}[0], {b}[0])",
    ),
}
BY_LIST = {
    "indices": (
        "[sum({W}[i][j] * {v}[j] for j in range(len({v}))) for i in range(len({W}))]",
        "[sum({W}[i][j] * {v}[i] for i in range(len({v}))) for j in range(len({W}[0]))]",
        "[[{a}[i] * {b}[j] for j in range(len({b}))] for i in range(len({a}))]",
    ),
    "zips": (
        "[sum(w * s for w, s in zip(row, {v})) for row in {W}]",
        "[sum(w * s for w, s in zip(column, {v})) for column in zip(*{W})]",
        "[[p * q for q in {b}] for p in {a}]",
    ),
    "operators": (
        "[sum(map(operator.mul, row, {v})) for row in {W}]",
        "[sum(map(operator.mul, column, {v})) for column in zip(*{W})]",
        "[[*map(p.__mul__, {b})] for p in {a}]",
    ),
    "exact": (
        "[math.fsum(map(operator.mul, row, {v})) for row in {W}]",
        "[math.fsum(w * s for w, s in zip(column, {v})) for column in zip(*{W})]",
        "[[q * p for q in {b}] for p in {a}]",
    ),
    "loops": (
        "looped(len({W}), len({v}), lambda i, j: {W}[i][j] * {v}[j])",
        "looped(len({W}[0]), len({v}), lambda j, i: {W}[i][j] * {v}[i])",
        "[[p * q for q in {b}] for p in {a}]",
    ),
    "backwards": (
        "looped(len({W}), len({v}), lambda i, j: {W}[i][-1 - j] * {v}[-1 - j])",
        "looped(len({W}[0]), len({v}), lambda j, i: {W}[-1 - i][j] * {v}[-1 - i])",
        "[[p * q for q in {b}] for p in {a}]",
    ),
}
BY_COLUMNS = {
    "at": BY_COLUMN["at"],
    "dot": BY_COLUMN["dot"],
    "method": BY_COLUMN["method"],
    "matmul": BY_COLUMN["matmul"],
    "einsum": BY_COLUMN["einsum"],
    "tensordot": BY_COLUMN["tensordot"],
    "turned": BY_COLUMN["turned"],
    "reversed": (
        "{W}[:, ::-1] @ {v}[::-1]",
        "{W}[::-1].T @ {v}[::-1]",
        "{a}[:, ::-1] @ {b}[:, ::-1].T",
    ),
    "halves": ("in_halves({W}, {v})", "in_halves({W}.T, {v})", "in_halves({a}, {b}.T)"),
    "broadcast": (
        "({W}[:, :, None] * {v}[None]).sum(axis=1)",
        "({W}[:, :, None] * {v}[:, None]).sum(axis=0)",
        "({a}[:, None] * {b}[None]).sum(axis=2)",
    ),
    "by_sample": (
        "np.stack([{W} @ s for s in {v}.T], axis=1)",
        "np.stack([s @ {W} for s in {v}.T], axis=1)",
        "sum(np.outer(p, q) for p, q in zip({a}.T, {b}.T))",
    ),
    "sum_of_outers": (
        "sum(np.outer(p, q) for p, q in zip({W}.T, {v}))",
        "sum(np.outer(p, q) for p, q in zip({W}, {v}))",
        "np.einsum('ik,jk', {a}, {b})",
    ),
    "loops": ("loop_product({W}, {v})", "loop_product({W}.T, {v})", "loop_product({a}, {b}.T)"),
    "exact": ("fsum_product({W}, {v})", "fsum_product({W}.T, {v})", "fsum_product({a}, {b}.T)"),
}
BY_ROWS = {
    "at": BY_ROW["at"],
    "dot": BY_ROW["dot"],
    "method": BY_ROW["method"],
    "matmul": BY_ROW["matmul"],
    "einsum": BY_ROW["einsum"],
    "tensordot": BY_ROW["tensordot"],
    "turned": BY_ROW["turned"],
    "inner": ("np.inner({v}, {W})", "np.inner({v}, {W}.T)", "np.inner({a}.T, {b}.T)"),
    "halves": ("in_halves({v}, {W}.T)", "in_halves({v}, {W})", "in_halves({a}.T, {b})"),
    "by_sample": (
        "np.array([{W} @ s for s in {v}])",
        "np.array([s @ {W} for s in {v}])",
        "sum(map(np.outer, {a}, {b}))",
    ),
    "broadcast": (
        "({v}[:, None] * {W}).sum(axis=2)",
        "({v}[:, :, None] * {W}).sum(axis=1)",
        "({a}[:, :, None] * {b}[:, None]).sum(axis=0)",
    ),
    "reversed": (
        "{v}[:, ::-1] @ {W}[:, ::-1].T",
        "{v}[:, ::-1] @ {W}[::-1]",
        "{a}[::-1].T @ {b}[::-1]",
    ),
}
