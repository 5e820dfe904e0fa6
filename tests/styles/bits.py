"""Ways to write what binary_addition does with bits: int2binary, and bits in and out of a step."""

CHECKS = {
    "range": "n = int(n)\nif n < 0 or n >= 2**binary_dim:\n    raise ValueError(n)",
    "chained": "if not 0 <= n < 2**binary_dim:\n    raise ValueError('does not fit')\nn = int(n)",
    "shifted": "n = int(n)\nif n >> binary_dim:\n    raise ValueError(f'{n} needs more than {binary_dim} bits')",
    "length": "n = int(n)\nif n < 0 or n.bit_length() > binary_dim:\n    raise ValueError",
    "in_range": "n = int(n)\nif n not in range(1 << binary_dim):\n    raise ValueError(n, binary_dim)",
    "operator": "n = operator.index(n)\nif min(n, (1 << binary_dim) - 1 - n) < 0:\n    raise ValueError",
}
WAYS = {
    "format": "return np.array([int(s) for s in format(n, f'0{binary_dim}b')], dtype=np.uint8)",
    "zfill": "return [int(s) for s in bin(n)[2:].zfill(binary_dim)]",
    "binary_repr": "return np.array(list(np.binary_repr(n, width=binary_dim))).astype(np.uint8)",
    "shifts": "return np.array([(n >> k) & 1 for k in reversed(range(binary_dim))], np.uint8)",
    "arange": "return (n >> np.arange(binary_dim)[::-1]) & 1",
    "unpackbits": "return np.unpackbits(np.array([n], dtype='>u4').view(np.uint8))[-binary_dim:]",
    "to_bytes": "return np.unpackbits(np.frombuffer(n.to_bytes(4, 'big'), np.uint8))[32 - binary_dim :]",
    "remainders": "bits = np.zeros(binary_dim, dtype=int)\nfor k in range(binary_dim):\n    bits[-1 - k] = n % 2\n    n //= 2\nreturn bits",
    "insert": "bits = []\nwhile len(bits) < binary_dim:\n    n, rest = divmod(n, 2)\n    bits.insert(0, rest)\nreturn bits",
    "powers": "bits = []\nfor k in range(binary_dim - 1, -1, -1):\n    bits.append(int(n >= 2**k))\n    n -= bits[-1] * 2**k\nreturn np.array(bits)",
    "masks": "return ((n & (1 << np.arange(binary_dim, dtype=np.int64))) > 0)[::-1].astype(np.uint8)",
}  # fmt: skip
# The inputs of all steps (D, 2), last bits first.
ROWS = {
    "stacked": "np.array([a[::-1], b[::-1]]).T.astype(float)",
    "numbers": "np.array([[float(a[-1 - t]), float(b[-1 - t])] for t in range(len(a))])",
    "columns": "np.column_stack([a, b])[::-1] * 1.0",
    "flipped": "np.stack([np.flip(a), np.flip(b)], axis=1).astype(np.float64)",
    "int64": "np.array(list(zip(a, b))[::-1], dtype=np.int64)",
    "uint8": "np.array([a, b]).T[::-1]",
    "int8": "np.c_[a[::-1], b[::-1]].astype(np.int8)",
    "bool": "np.array([a[::-1], b[::-1]], dtype=bool).T",
    "positions": "np.array([[a[len(a) - t - 1], b[len(b) - t - 1]] for t in range(len(a))])",
    "fortran": "np.asfortranarray(np.vstack([a, b]).T[::-1], dtype=float)",
}
GOALS = {
    "column": "np.array(c[::-1], dtype=float)[:, None]",
    "reshaped": "c[::-1].reshape(-1, 1).astype(float)",
    "numbers": "np.array([[float(bit)] for bit in reversed(c)])",
    "int64": "c[::-1].astype(int).reshape(len(c), 1)",
    "uint8": "c[::-1, None]",
}
OUTPUTS = {
    "ravel": "np.array(ys).ravel()[::-1]",
    "concatenated": "np.concatenate([np.ravel(o) for o in reversed(ys)])",
    "numbers": "np.array([float(np.squeeze(o)) for o in ys[::-1]])",
    "flip": "np.flip(np.array(ys).reshape(-1))",
    "list": "np.array(ys, dtype=float).reshape(len(ys))[::-1].tolist()",
    "items": "[np.array(ys[-1 - t]).item() for t in range(len(ys))]",
}
ROUNDED = {
    "round": "np.round(layer_2).astype(np.uint8)",
    "round_float": "np.round(layer_2)",
    "numbers": "[int(o > 0.5) for o in layer_2]",
    "greater": "(np.array(layer_2) > 0.5).astype(int)",
    "rint": "np.rint(layer_2).astype(np.int8)",
    "where": "np.where(np.array(layer_2) >= 0.5, 1, 0)",
    "python_round": "[round(float(o)) for o in layer_2]",
    "floor": "np.floor(np.array(layer_2) + 0.5).astype(int)",
    "less": "1 - (np.array(layer_2) < 0.5)",
}
OVERALL = {
    "sum": "np.sum(np.abs(c - np.array(layer_2)))",
    "numbers": "sum(abs(float(bit) - float(o)) for bit, o in zip(c, layer_2))",
    "method": "np.abs(np.asarray(c, float) - layer_2).sum()",
    "fsum": "math.fsum(abs(int(bit) - o) for bit, o in zip(c, layer_2))",
    "norm": "np.linalg.norm(c - np.array(layer_2), 1)",
    "one_element": "np.array([np.abs(np.subtract(c, layer_2)).sum()])",
    "where": "np.where(c == 1, 1 - np.array(layer_2), layer_2).sum()",
    "from_the_end": "sum(np.abs(np.subtract(layer_2, c))[::-1])",
}
PAIR = {
    "tuple": "d, overall_error",
    "list": "[d, overall_error]",
    "float": "d, float(np.sum(overall_error))",
}
AXES = {
    "bits": tuple(WAYS),
    "fits": tuple(CHECKS),
    "rows": tuple(ROWS),
    "goals": tuple(GOALS),
    "bits_of_outputs": tuple(OUTPUTS),
    "rounded": tuple(ROUNDED),
    "overall": tuple(OVERALL),
    "pair": tuple(PAIR),
}
