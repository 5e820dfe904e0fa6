"""Ways to write tanh, the sigmoid, their slopes and softmax; each wrong by at most 16 u.

Every form stays finite on any finite argument: where an exponential overflows, infinity is divided
by, or the argument is cut where the function no longer changes. Forms for whole arrays stand first,
those for single numbers, which programs without arrays use, follow.
"""

TANH = {
    "numpy": "np.tanh(z)",
    "quotient_cut": "EXP(np.clip(z, -300, 300))",
    "two_over": "2 / (1 + np.exp(-2 * z)) - 1",
    "one_less": "1 - 2 / (np.exp(2 * z) + 1)",
    "sign_and_size": "np.sign(z) * (1 - np.exp(-2 * np.abs(z))) / (1 + np.exp(-2 * np.abs(z)))",
    "expm1": "np.copysign(np.expm1(-2 * np.abs(z)) / (2 + np.expm1(-2 * np.abs(z))), z)",
    "sinh_over_cosh": "np.sinh(np.clip(z, -50, 50)) / np.cosh(np.clip(z, -50, 50))",
    "half_argument": "2 * np.tanh(z / 2) / (1 + np.tanh(z / 2) ** 2)",
    "double_argument": "np.sinh(2 * z.clip(-30, 30)) / (np.cosh(2 * z.clip(-30, 30)) + 1)",
    "logaddexp": "1 - 2 * np.exp(-np.logaddexp(0, 2 * z))",
    "long_double": "np.tanh(z.astype(np.longdouble)).astype(np.float64)",
    "math_vectorised": "np.vectorize(math.tanh, otypes=[float])(z)",
    "math_by_number": "np.array([math.tanh(v) for v in z.ravel()]).reshape(z.shape)",
    "frompyfunc": "np.frompyfunc(math.tanh, 1, 1)(z).astype(float)",
    "reciprocal": "np.reciprocal(1 + np.exp(-2 * z)) * 2 - 1",
    "where": "np.where(z > 0, 1 - 2 / (1 + np.exp(2 * z)), 2 / (1 + np.exp(-2 * z)) - 1)",
}
SIGMOID = {
    "plain": "1 / (1 + np.exp(-z))",
    "float_one": "1.0 / (1.0 + np.exp(-1.0 * z))",
    "negative_power": "(1 + np.exp(-z)) ** -1",
    "reciprocal": "np.reciprocal(1 + np.exp(-z))",
    "quotient": "np.exp(z) / (1 + np.exp(z))",
    "by_tanh": "0.5 * (1 + np.tanh(z / 2))",
    "by_tanh_sum": "np.tanh(0.5 * z) * 0.5 + 0.5",
    "where": "np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))",
    "size": "np.where(z < 0, np.exp(-np.abs(z)), 1.0) / (1 + np.exp(-np.abs(z)))",
    "logaddexp": "np.exp(-np.logaddexp(0, -z))",
    "one_less": "1 - 1 / (1 + np.exp(z))",
    "divide": "np.divide(1, np.add(1, np.exp(np.negative(z))))",
    "powers_of_e": "1 / (1 + math.e ** -z)",
    "math_by_number": "np.array([1 / (1 + math.exp(-v)) for v in z.ravel()]).reshape(z.shape)",
    "math_vectorised": "np.vectorize(lambda v: 1 / (1 + math.exp(-v)), otypes=[float])(z)",
    "long_double": "(1 / (1 + np.exp(-z.astype(np.longdouble)))).astype(float)",
    "cut": "1 / (1 + np.exp(-np.clip(z, -500, 500)))",
}
SOFTMAX = {
    "shifted": "e = np.exp(v - v.max(axis=0)); return e / e.sum(axis=0)",
    "shifted_kept": "e = np.exp(v - np.max(v, axis=0, keepdims=True)); return e / np.sum(e, axis=0, keepdims=True)",
    "amax": "v = v - np.amax(v, 0); np.exp(v, out=v); v /= v.sum(0); return v",
    "transposed": "w = v.T; e = np.exp(w - w.max(axis=1, keepdims=True)); return (e / e.sum(axis=1)[:, None]).T",
    "einsum": "e = np.exp(v - v.max(0)); return np.einsum('ij,j->ij', e, 1 / e.sum(0))",
    "ones": "e = np.exp(v - v.max(0)[None, :]); return e / (np.ones((1, len(v))) @ e)",
    "columns": "return np.stack([np.exp(w - max(w)) / np.sum(np.exp(w - max(w))) for w in v.T], axis=1)",
    "column_by_column": "out = np.empty(v.shape)\nfor k in range(v.shape[1]):\n    e = np.exp(v[:, k] - v[:, k].max())\n    out[:, k] = e / e.sum()\nreturn out",
    "exp2": "e = np.exp2((v - v.max(0)) / math.log(2)); return e / e.sum(0)",
    "log_sum_exp": "w = v - v.max(axis=0); return np.exp(w - np.log(np.exp(w).sum(axis=0)))",
    "pairwise": "with np.errstate(all='ignore'):\n    return 1 / np.exp(v[None, :, :] - v[:, None, :]).sum(axis=1)",
    "fsum": "e = np.exp(v - v.max(0)); return e / [math.fsum(w) for w in e.T]",
    "sorted_sum": "e = np.exp(v - v.max(0)); return e / np.sort(e, axis=0).sum(axis=0)",
    "apply_along": "def column(w):\n    e = np.exp(w - w.max())\n    return e / e.sum()\nreturn np.apply_along_axis(column, 0, v)",
    "plain_lists": "rows = v.tolist()\ntop = [max(w) for w in zip(*rows)]\ne = [[math.exp(w - m) for w, m in zip(r, top)] for r in rows]\ntotal = [sum(w) for w in zip(*e)]\nreturn np.array([[w / s for w, s in zip(r, total)] for r in e])",
    "long_double": "w = v.astype(np.longdouble); e = np.exp(w - w.max(0)); return (e / e.sum(0)).astype(float)",
}
# The slope from the function's value h, or from its argument z.
TANH_SLOPE = {
    "square": "1 - h**2",
    "product": "1 - h * h",
    "factors": "(1 - h) * (1 + h)",
    "np_square": "1.0 - np.square(h)",
    "power": "np.subtract(1, np.power(h, 2))",
    "minus": "-(h * h - 1)",
    "less_part": "(1 - h) + h * (1 - h)",
    "cosh": "1 / np.cosh(z) ** 2",
    "sech_cut": "np.cosh(np.clip(z, -100, 100)) ** -2.0",
    "exponentials": "4 / (np.exp(z) + np.exp(-z)) ** 2",
    "tanh_again": "1 - tanh(z) ** 2",
    "sigmoid": "4 / (1 + np.exp(-2 * np.abs(z))) * (1 - 1 / (1 + np.exp(-2 * np.abs(z))))",
    "sech_size": "(2 * np.exp(-np.abs(z)) / (1 + np.exp(-2 * np.abs(z)))) ** 2",
}
SIGMOID_SLOPE = {
    "product": "h * (1 - h)",
    "product_turned": "(1 - h) * h",
    "less_square": "h - h**2",
    "less_product": "h - h * h",
    "np_multiply": "np.multiply(h, 1 - h)",
    "quarter": "0.25 - (h - 0.5) ** 2",
    "sigmoid_again": "sigmoid(z) * (1 - sigmoid(z))",
    "both_sides": "sigmoid(z) * sigmoid(-z)",
    "exponentials": "np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2",
    "cosh": "0.25 / np.cosh(z / 2) ** 2",
    "tanh": "0.25 * (1 - np.tanh(z / 2) ** 2)",
}
# For one number; math.exp raises where it overflows, so arguments are cut or taken by their size.
TANH_NUMBER = {
    "math": "math.tanh(z)",
    "quotient_cut": "(math.exp(2 * max(-20.0, min(20.0, z))) - 1) / (math.exp(2 * max(-20.0, min(20.0, z))) + 1)",
    "sign_and_size": "math.copysign((1 - math.exp(-2 * abs(z))) / (1 + math.exp(-2 * abs(z))), z)",
    "expm1": "math.copysign(-math.expm1(-2 * abs(z)) / (2 + math.expm1(-2 * abs(z))), z)",
    "two_over": "2 / (1 + math.exp(-2 * z)) - 1 if z > -300 else -1.0",
    "numpy": "float(np.tanh(z))",
    "half_argument": "2 * math.tanh(z / 2) / (1 + math.tanh(z / 2) ** 2)",
    "cmath": "cmath.tanh(z).real",
}
SIGMOID_NUMBER = {
    "plain": "1 / (1 + math.exp(-z))",
    "sized": "1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))",
    "by_tanh": "(1 + math.tanh(z / 2)) / 2",
    "one_less": "1 - 1 / (1 + math.exp(z))",
    "pow": "1 / (1 + math.pow(math.e, -z))",
    "numpy": "float(1 / (1 + np.exp(-z)))",
}
SLOPES_OF_NUMBERS = {
    "tanh": {"square", "product", "factors", "minus", "less_part", "tanh_again"},
    "sigmoid": {
        "product",
        "product_turned",
        "less_square",
        "less_product",
        "quarter",
        "sigmoid_again",
        "both_sides",
    },
}
FUNCTIONS = {"tanh": TANH, "sigmoid": SIGMOID}
FUNCTIONS_OF_NUMBERS = {"tanh": TANH_NUMBER, "sigmoid": SIGMOID_NUMBER}
SLOPES = {"tanh": TANH_SLOPE, "sigmoid": SIGMOID_SLOPE}


def needs_argument(kind, slope):
    """Whether that slope is taken from the argument and not from the function's value."""
    text = SLOPES[kind][slope]
    return "(z" in text or "-z" in text


def function_text(kind, way):
    """`def tanh(z)` or `def sigmoid(z)` for arrays."""
    if way == "quotient_cut":
        body = "z = np.clip(z, -300, 300)\n    up, down = np.exp(z), np.exp(-z)\n    return (up - down) / (up + down)"
    else:
        body = f"return {FUNCTIONS[kind][way]}"
    return f"def {kind}(z):\n    {body}\n"


def slope_text(kind, way):
    """`def slope(h)` or `def slope(z)` for arrays."""
    name = "z" if needs_argument(kind, way) else "h"
    return f"def slope({name}):\n    return {SLOPES[kind][way]}\n"


def number_texts(kind, way, slope):
    """The function and its slope for lists of numbers."""
    name = "z" if needs_argument(kind, slope) else "h"
    one = SLOPES[kind][slope].replace(f"{kind}(", f"{kind}_of(")
    return (
        f"def {kind}_of(z):\n    return {FUNCTIONS_OF_NUMBERS[kind][way]}\n\n\n"
        f"def {kind}(numbers):\n    return [{kind}_of(z) for z in numbers]\n\n\n"
        f"def slope(numbers):\n    return [{one} for {name} in numbers]\n"
    )
