"""How each test group calls a solution; played on submissions and on the reference alike.

One function per group: it takes the solution (the imported module) and a case, and returns what
it observed, by name. Whatever comes back from the solution is copied at once, since a later call
may reuse the memory.
"""

import contextlib

import numpy as np

WEIGHTS = ("synapse_0", "synapse_1", "synapse_h")
INTEGERS = (np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64)

# Measured, see problem.yaml: with these a right solution adds all 16,384 pairs right.
INITIAL_SEED, PAIRS_SEED, STEPS, ALPHA = 31, 4, 1100, 1.0
ENOUGH = 0.99  # of the held-out pairs
LEVELS = (0.005, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.5, 0.9, 0.92, 0.94, 0.96, 0.97, 0.98)
TRAINED = {}  # id of a class -> the class (so that the id stays its own), a model, its pairs


def int2binary(solution, case):
    """Bits of Python and NumPy integers, and whether those that do not fit are refused."""
    width = case.sizes["B"]
    n = int(case.inputs["n"]) % 2**width
    bits = kept(solution.int2binary(n, width))
    seen = {
        "bits": bits,
        "bits_are_integers": float(getattr(bits, "dtype", np.dtype(object)).kind in "iu"),
        "bits_of_zero": kept(solution.int2binary(0, width)),
        "bits_of_the_largest": kept(solution.int2binary(2**width - 1, width)),
        "bits_without_binary_dim": kept(solution.int2binary(n % 256)),
        "ValueError_at_2_to_the_B": refuses(solution, 2**width, width),
        "ValueError_at_2_to_the_B_plus_n": refuses(solution, 2**width + n, width),
        "ValueError_at_2_to_the_64_plus_n": refuses(solution, 2**64 + n, width),
        "ValueError_at_2_to_the_1100_plus_n": refuses(solution, 2**1100 + n, width),
        "ValueError_at_minus_1": refuses(solution, -1, width),
        "ValueError_at_minus_1_minus_n": refuses(solution, -1 - n, width),
        "ValueError_at_minus_2_to_the_64": refuses(solution, -(2**64), width),
        "ValueError_at_256": refuses(solution, 256),
    }
    for kind in INTEGERS:
        low, high = np.iinfo(kind).min, np.iinfo(kind).max
        name = f"numpy_{kind.__name__}"
        seen[f"bits_of_{name}"] = kept(solution.int2binary(kind(n % (int(high) + 1)), width))
        outside = [kind(value) for value in (2**width, 2**width + n, -1) if low <= value <= high]
        refused = [refuses(solution, value, width) for value in outside]
        seen[f"ValueError_at_{name}_that_does_not_fit"] = min(refused, default=1.0)
    return seen


def initialisation(solution, case):
    """The weights of a new model, drawn after numpy.random.seed; then one of default sizes."""
    np.random.seed(case.seed)
    seen = weights_of(solution.BinaryAdder(2, case.sizes["H"], 1))
    np.random.seed(case.seed)
    return seen | weights_of(solution.BinaryAdder(), "default_")


def forward(solution, case):
    """The outputs for one pair of numbers."""
    a, b = bits_of(case, "a", "b")
    return {"layer_2": kept(loaded(solution, case).forward(a, b))}


def step(solution, case):
    """Weights, rounded bits and error of one training step with the default alpha."""
    a, b, c = bits_of(case, "a", "b", "c")
    layer_2 = kept(loaded(solution, case).forward(a.copy(), b.copy()))
    model = loaded(solution, case)
    return {**results_of(model.train_step(a, b, c), layer_2), **weights_of(model)}


def trajectory(solution, case):
    """Weights and errors along several steps of one model."""
    model = loaded(solution, case)
    seen = {name: [] for name in ("overall_error", *WEIGHTS)}
    for a, b, c in zip(*bits_of(case, "a_steps", "b_steps", "c_steps"), strict=True):
        _, overall_error = pair(model.train_step(a.copy(), b.copy(), c.copy()))
        seen["overall_error"].append(one_number(overall_error))
        for name, value in weights_of(model).items():
            seen[name].append(value)
    return seen


def learning(solution, case):
    """The share of held-out pairs that a trained model adds right, and how sure it is of each bit.

    A share beyond ENOUGH counts as ENOUGH. Which LEVELS an output lies above is the same for all
    right solutions, whose weights differ by rounding; nobody knows it who has not trained.
    """
    model, trained_on = trained(solution)
    weights, right, asked = weights_of(model), 0, 0
    levels = np.zeros((len(case.inputs["held_out"]), 8))
    for row, (a, b) in enumerate(case.inputs["held_out"].tolist()):
        if (a, b) not in trained_on:
            fresh = with_weights(
                solution.BinaryAdder(), weights
            )  # a state that is kept costs conduct
            layer_2 = np.asarray(fresh.forward(eight_bits(a), eight_bits(b)))
            right += np.array_equal(layer_2 > 0.5, eight_bits(a + b))
            asked += 1
            levels[row] = sum(np.asarray(layer_2 > level, np.float64) for level in LEVELS)
    return {"share_right": min(right / asked, ENOUGH), "levels": levels}


def conduct(solution, case):
    """That calls and instances do not disturb each other, and that every argument counts."""
    return {
        **calls_in_turn(solution, case),
        **without_alpha(solution, case),
        **second_step(solution, case),
        **two_models(solution, case),
    }


def calls_in_turn(solution, case):
    """Calls of one model; at the end with a zero in front, and with other weights loaded."""
    seen = {}
    model = loaded(solution, case)
    a, b, c = bits_of(case, "a", "b", "c")
    model.forward(a, b)
    seen["repeated"] = kept(model.forward(a, b))
    seen["b_inverted"] = kept(model.forward(a, 1 - b))
    seen["inverted"] = kept(model.forward(1 - a, 1 - b))
    seen["a_inverted"] = kept(model.forward(1 - a, b))
    seen["other_length"] = kept(model.forward(*bits_of(case, "a_2", "b_2")))
    seen["after_other_length"] = kept(model.forward(a, b))
    model.train_step(a, b, c, float(case.inputs["rate"]))
    seen.update(weights_of(model, "alpha_"))
    seen["after_step"] = kept(model.forward(a, b))
    another = loaded(solution, case)
    c[:] = 1 - c[..., ::-1]  # of an array that was given another shape, another axis
    another.train_step(a, b, c)  # as they are after the calls above
    seen.update(weights_of(another, "same_arguments_"))
    seen["same_arguments_layer_2"] = kept(another.forward(a, b))
    longer = model.forward(*(np.concatenate([[0], x]).astype(np.uint8) for x in (a, b)))
    seen["leading_zero"] = kept(longer)[1:]
    for name in WEIGHTS:
        seen["after_loading_" + name] = kept(
            with_weights(model, {name: -case.inputs[name]}).forward(a, b)
        )
    a[:], b[:] = 1 - a, 1 - b  # the same arrays
    seen["other_content"] = kept(model.forward(a, b))
    return seen


def without_alpha(solution, case):
    """A step with alpha 0."""
    a, b, c = bits_of(case, "a", "b", "c")
    model = loaded(solution, case)
    layer_2 = kept(model.forward(a.copy(), b.copy()))
    return {
        **results_of(model.train_step(a, b, c, 0), layer_2, "alpha_zero_"),
        **weights_of(model, "alpha_zero_"),
    }


def second_step(solution, case):
    """A step on arrays that the step before had too, after one of another length with alpha 0."""
    a, b, c = bits_of(case, "a", "b", "c")
    model = loaded(solution, case)
    model.train_step(*bits_of(case, "a_2", "b_2", "c_2"), 0.0)
    model.forward(1 - a, 1 - b)
    model.train_step(a, b, c, float(case.inputs["rate"]))
    fresh = with_weights(loaded(solution, case), weights_of(model))
    layer_2 = kept(fresh.forward(a.copy(), b.copy()))
    return {
        **results_of(model.train_step(a, b, c), layer_2, "second_step_"),
        **weights_of(model, "second_step_"),
    }


def two_models(solution, case):
    """A step of each of two models of different sizes, and then their outputs.

    The first model has seen the same arrays before, with other weights.
    """
    first, second = loaded(solution, case), loaded(solution, case, "_2")
    a, b, c = bits_of(case, "a", "b", "c")
    with_weights(first, {name: -case.inputs[name] for name in WEIGHTS}).forward(a, b)
    with_weights(first, {name: case.inputs[name] for name in WEIGHTS}).train_step(a, b, c)
    second.train_step(*bits_of(case, "a_2", "b_2", "c_2"))
    return {
        "first_of_two": kept(first.forward(*bits_of(case, "a", "b"))),
        "second_of_two": kept(second.forward(*bits_of(case, "a_2", "b_2"))),
        **weights_of(first, "first_of_two_"),
        **weights_of(second, "second_of_two_"),
    }


def results_of(returned, layer_2, prefix=""):
    """What train_step returned, by name."""
    d, overall_error = pair(returned)
    return {
        prefix + "d": decided(d, layer_2),
        prefix + "overall_error": one_number(overall_error),
    }


def trained(solution):
    """A model after the seeded training, and the pairs it saw; each class is trained once."""
    maker = solution.BinaryAdder
    if id(maker) not in TRAINED:
        generator = np.random.RandomState(PAIRS_SEED)  # its stream is the same in every NumPy
        pairs = generator.randint(0, 128, (STEPS, 2), np.int64).tolist()
        model = with_weights(maker(), initial_weights())
        for a, b in pairs:
            model.train_step(eight_bits(a), eight_bits(b), eight_bits(a + b), ALPHA)
        TRAINED[id(maker)] = maker, model, {(a, b) for a, b in pairs}
    return TRAINED[id(maker)][1:]


def initial_weights():
    """What a right constructor draws; loaded, so that a wrong one loses its own group only."""
    draw = np.random.RandomState(INITIAL_SEED).random_sample
    shapes = {"synapse_0": (8, 2), "synapse_1": (1, 8), "synapse_h": (8, 8)}
    return {name: 2 * draw(shape) - 1 for name, shape in shapes.items()}


def loaded(solution, case, suffix=""):
    """A model with the case's weights."""
    np.random.seed(case.seed)
    model = solution.BinaryAdder(2, case.sizes["H" + suffix], 1)
    return with_weights(model, {name: case.inputs[name + suffix] for name in WEIGHTS})


def with_weights(model, weights):
    """The model, its weights loaded in place, or by assignment where that did not take."""
    for name, wanted in weights.items():
        # It may not be an array, or one that cannot be written to.
        with contextlib.suppress(Exception):
            getattr(model, name)[...] = wanted
        if not np.array_equal(getattr(model, name), wanted):
            setattr(model, name, wanted.copy())
    return model


def bits_of(case, *names):
    """Inputs as the uint8 arrays that the statement promises, whatever drew them."""
    return [case.inputs[name].astype(np.uint8) for name in names]


def eight_bits(n):
    """n below 256 as bits, without asking the solution."""
    return np.unpackbits(np.array([n], np.uint8))


def weights_of(model, prefix=""):
    """The three weights as they are now."""
    return {prefix + name: kept(getattr(model, name)) for name in WEIGHTS}


def refuses(solution, *arguments):
    """1 if int2binary raises ValueError, 0 if it returns; any other exception is an error."""
    try:
        solution.int2binary(*arguments)
    except ValueError:
        return 1.0
    return 0.0


def pair(value):
    """Both parts of a returned pair; what stands for them where it is none does not count."""
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return value
    size = f" of length {len(value)}" if isinstance(value, (tuple, list)) else ""
    what = f"part of what train_step returned: {type(value).__name__}{size}, not a pair"
    return 2 * (type(what, (), {})(),)  # the judge words such a value by the name of its type


def decided(d, layer_2):
    """d with 0.5 wherever layer_2 is so near one half that rounding may go either way.

    layer_2 is the solution's own, judged in `forward`: two right solutions agree on it to 1e-13,
    so they leave out the same places.
    """
    d = kept(d)
    kinds = {"fiu": d, "fiuO": layer_2}  # the judge's own numbers may be objects
    alike = all(getattr(v, "dtype", np.dtype("S")).kind in k for k, v in kinds.items())
    if not alike or d.shape != layer_2.shape:
        return d
    return np.where(np.abs(layer_2 - 0.5) <= 1e-6, 0.5, d)


def one_number(value):
    """A number, or the only element of an array."""
    value = kept(value)
    return value.reshape(()) if isinstance(value, np.ndarray) and value.size == 1 else value


def kept(value):
    """A copy, or the value itself where NumPy cannot make an array of it: that is judged later."""
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):
        return value
    made = array.dtype == object and not isinstance(value, np.ndarray)
    return value if made or array.nbytes > 2**26 else array.copy()


# What `grader check` plays at home. Each function returns pairs that should agree.


def bits_worth(solution, case):
    """What the bits of n are worth in all, and whether numbers without room are refused."""
    width = case.sizes["B"]
    n = int(case.inputs["n"]) % 2**width
    places = 2.0 ** np.arange(width - 1, -1, -1)
    bits = kept(solution.int2binary(n, width))
    return {
        "bits": bits,
        "bits_of_numpy_int64": kept(solution.int2binary(np.int64(n), width)),
        "value_of_bits": np.sum(places * np.asarray(bits)),
        "n": float(n),
        "ValueError_at_2_to_the_B": refuses(solution, 2**width, width),
        "ValueError_at_minus_1": refuses(solution, -1, width),
        "yes": 1.0,
    }


def gradients(solution, case):
    """What train_step subtracts at alpha 1, and differences of the loss of forward."""
    a, b, c = bits_of(case, "a", "b", "c")
    model = loaded(solution, case)
    before = weights_of(model)
    model.train_step(a.copy(), b.copy(), c.copy(), 1.0)
    after = weights_of(model)
    seen = {f"d{name}": np.subtract(before[name], after[name]) for name in WEIGHTS}
    for name in WEIGHTS:
        seen[f"d{name}_by_differences"] = differences(solution, case, name)
    return seen


def results(solution, case):
    """What train_step returns, and the same worked out from forward, before the update."""
    a, b, c = bits_of(case, "a", "b", "c")
    layer_2 = kept(loaded(solution, case).forward(a.copy(), b.copy()))
    return {
        **results_of(loaded(solution, case).train_step(a, b, c), layer_2),
        "rounded_layer_2": decided(np.round(layer_2), layer_2),
        "error_of_layer_2": np.sum(np.abs(c.astype(float) - layer_2)),
    }


def repeatable(solution, case):
    """The outputs of a pair: at first, again, after another pair, and in another model."""
    a, b = bits_of(case, "a", "b")
    model = loaded(solution, case)
    seen = {"first": kept(model.forward(a.copy(), b.copy()))}
    seen["again"] = kept(model.forward(a.copy(), b.copy()))
    model.forward(*bits_of(case, "a_2", "b_2"))
    seen["after_another"] = kept(model.forward(a.copy(), b.copy()))
    seen["in_another_model"] = kept(loaded(solution, case).forward(a.copy(), b.copy()))
    return seen


def arguments(solution, case):
    """The arguments, before and after one forward and one train_step."""
    before, after = bits_of(case, "a", "b", "c"), bits_of(case, "a", "b", "c")
    model = loaded(solution, case)
    model.forward(after[0], after[1])
    model.train_step(*after)
    seen = {f"{n}_before": kept(v) for n, v in zip("abc", before, strict=True)}
    return {**seen, **{f"{n}_after": v for n, v in zip("abc", after, strict=True)}}


def alpha(solution, case):
    """The update of synapse_h at alpha 0, 0.1, the default, and 0.2."""
    moved = {}
    for name, rest in {"zero": [0.0], "single": [0.1], "default": [], "doubled": [0.2]}.items():
        model = loaded(solution, case)
        model.train_step(*bits_of(case, "a", "b", "c"), *rest)
        moved[name] = np.subtract(weights_of(model)["synapse_h"], case.inputs["synapse_h"])
    return {
        "update_at_zero": moved["zero"],
        "nothing": np.zeros_like(case.inputs["synapse_h"]),
        "update_at_the_default": moved["default"],
        "update_at_one_tenth": moved["single"],
        "doubled": moved["doubled"],
        "twice": 2 * moved["single"],
    }


def seeded(solution, case):
    """The initial weights, made twice from the same seed, and as they are between -1 and 1."""
    first, second = initialisation(solution, case), initialisation(solution, case)
    seen = {name: first[name] for name in WEIGHTS}
    seen.update({f"{name}_again": second[name] for name in WEIGHTS})
    seen.update({f"{name}_within_1": np.clip(first[name], -1, 1) for name in WEIGHTS})
    return seen


def differences(solution, case, name, size=1e-5):
    """dL/dW of the solution's own forward by central differences, in the shape of the weight."""
    a, b, c = bits_of(case, "a", "b", "c")
    gradient = np.zeros_like(case.inputs[name])
    for index in np.ndindex(gradient.shape):
        losses = []
        for sign in (1, -1):
            moved = case.inputs[name].copy()
            moved[index] += sign * size
            model = with_weights(loaded(solution, case), {name: moved})
            layer_2 = np.asarray(model.forward(a.copy(), b.copy()))
            losses.append(0.5 * np.sum((layer_2 - c) ** 2))
        gradient[index] = (losses[0] - losses[1]) / (2 * size)
    return gradient
