"""How each test group calls a solution; played on submissions and on the reference alike.

One function per group: it takes the solution (the imported module) and a case, and returns what
it observed, by name. Whatever comes back from the solution is copied at once, since a later call
may reuse the memory.
"""

import contextlib

import numpy as np

LEARNING_RATE = 0.01
TINY_RATE = 1e-6  # changes weights by less than what is often taken for no change
WEIGHTS = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")


def initialisation(solution, case):
    """The weights of two new models, drawn after numpy.random.seed and after the next seed."""
    seen = weights_of(new_model(solution, case))
    return seen | weights_of(new_model(solution, case, seed=(case.seed + 1) % 2**32), "next_seed_")


def forward(solution, case):
    """The outputs of one sequence."""
    model = loaded(solution, case)
    return {"outputs": kept(model.forward(fresh(case.inputs["x"])))}


def backward(solution, case):
    """The weights after one forward and one backward."""
    model = loaded(solution, case)
    step(model, case.inputs["x"], case.inputs["y"], LEARNING_RATE)
    return weights_of(model)


def training(solution, case):
    """Outputs and weights along several steps of one model, round and round the same sequences.

    Weights are loaded before each of the first steps; later ones go on from what they find.
    """
    model = new_model(solution, case)
    seen = {name: [] for name in ("outputs", *WEIGHTS)}
    pairs = list(zip(case.inputs["x_steps"], case.inputs["y_steps"], strict=True))
    for number in range(case.sizes["S"]):
        if number < case.sizes["L"]:
            for name in WEIGHTS:
                load(model, name, case.inputs[name + "_steps"][number])
        seen["outputs"].append(step(model, *pairs[number % len(pairs)], LEARNING_RATE))
        for name, value in weights_of(model).items():
            seen[name].append(value)
    return seen


def conduct(solution, case):
    """That calls and instances do not disturb each other, and that every argument counts."""
    return {
        **calls_in_turn(solution, case),
        **one_step_each(solution, case),
        **two_models(solution, case),
    }


def calls_in_turn(solution, case):
    """Calls of one model, with other arguments and other weights; then arguments once more."""
    inputs = case.inputs
    seen = {}
    model = loaded(solution, case)
    x, y = inputs["x"].copy(), inputs["y"].copy()
    model.forward(x)
    seen["repeated"] = kept(model.forward(x))
    seen["other_length"] = kept(model.forward(inputs["x_other"].copy()))
    seen["after_other_length"] = kept(model.forward(x))
    model.backward(x, y, float(inputs["rate"]))
    seen.update(weights_of(model, "rate_"))
    seen["after_backward"] = kept(model.forward(x))
    turn_round(x)  # the same array, after the backward that needed it
    seen["x_reversed"] = kept(model.forward(x))
    x[0] = -x[0]
    seen["x_changed"] = kept(model.forward(x))
    x[0] = -x[0]
    turn_round(x)
    for name in WEIGHTS:
        load(model, name, inputs[name + "_other"])
    seen["after_loading"] = step(model, inputs["x_other"], inputs["y_other"], LEARNING_RATE)
    seen.update(weights_of(model, "second_step_"))
    for name in WEIGHTS:
        load(model, name, inputs[name])
        seen["after_loading_" + name] = kept(model.forward(inputs["x_other"].copy()))
    seen["changed_arguments"] = changed(x, inputs["x"]) + changed(y, inputs["y"])

    model = loaded(solution, case)
    seen["same_arguments_outputs"] = kept(model.forward(x))  # as they are after the calls above
    turn_round(y)
    model.backward(x, y, LEARNING_RATE)
    seen.update(weights_of(model, "same_arguments_"))
    return seen


def one_step_each(solution, case):
    """A step with learning rate 0, and one after it, a tiny one and a forward of another length."""
    inputs = case.inputs
    model = loaded(solution, case)
    step(model, inputs["x"], inputs["y"], 0.0)
    seen = weights_of(model, "rate_zero_")
    step(model, inputs["x"], inputs["y"], TINY_RATE)
    model.forward(inputs["x"].copy())
    step(model, inputs["x_other"], inputs["y_other"], LEARNING_RATE)
    return seen | weights_of(model, "other_length_")


def two_models(solution, case):
    """A step of each of two models, whose calls alternate."""
    inputs = case.inputs
    first, second = loaded(solution, case), loaded(solution, case, "_2")
    x, x_2 = inputs["x"].copy(), inputs["x_2"].copy()
    first.forward(x)
    second.forward(x_2)
    first.backward(x, inputs["y"].copy(), LEARNING_RATE)
    second.backward(x_2, inputs["y_2"].copy(), LEARNING_RATE)
    return weights_of(first, "first_of_two_") | weights_of(second, "second_of_two_")


def changed(array, given):
    """How many numbers of an array are not what was given, to the last bit."""
    same_size = array.size == given.size
    return float(np.sum(array.ravel() != given.ravel()) if same_size else given.size)


def new_model(solution, case, suffix="", seed=None):
    """A model of the case's sizes, drawn after numpy.random.seed."""
    np.random.seed(case.seed if seed is None else seed)
    return solution.SimpleRNN(*(case.sizes[n + suffix] for n in "IHO"))


def loaded(solution, case, suffix=""):
    """A model with the case's weights."""
    model = new_model(solution, case, suffix)
    for name in WEIGHTS:
        load(model, name, case.inputs[name + suffix])
    return model


def load(model, name, value):
    """Load a weight in place or, where that did not take, by assignment."""
    # It may not be an array, or one that can be written to: what it raises is its own affair.
    with contextlib.suppress(Exception):
        getattr(model, name)[...] = value
    if not np.array_equal(getattr(model, name), value):
        setattr(model, name, value.copy())


def step(model, x, y, learning_rate):
    """One forward and the backward that belongs to it; the outputs."""
    x = fresh(x)
    outputs = kept(model.forward(x))
    model.backward(x, fresh(y), learning_rate)
    return outputs


def fresh(value):
    """A copy of an input; of one that was drawn as bits in float64."""
    return value.copy() if value.dtype.kind == "f" else value.astype(np.float64)


def turn_round(array):
    """Reverse rows and columns in place: of an array that was given another shape, others."""
    array[:] = array[::-1][..., ::-1].copy()


def weights_of(model, prefix=""):
    """The five weights as they are now."""
    return {prefix + name: kept(getattr(model, name)) for name in WEIGHTS}


def kept(value):
    """A copy, or the value itself where NumPy cannot make an array of it: that is judged later."""
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):
        return value
    made = array.dtype == object and not isinstance(value, np.ndarray)
    return value if made or array.nbytes > 2**26 else array.copy()


# What `grader check` plays at home. Each function returns pairs that should agree.


def gradients(solution, case):
    """What backward subtracts at learning rate 1, and differences of the loss of forward."""
    model = loaded(solution, case)
    before = weights_of(model)
    step(model, case.inputs["x"], case.inputs["y"], 1.0)
    after = weights_of(model)
    seen = {f"d{n}": np.subtract(before[n], after[n]) for n in WEIGHTS}
    for name in WEIGHTS:
        seen[f"d{name}_by_differences"] = differences(solution, case, name)
    return seen


def repeatable(solution, case):
    """The outputs of a sequence: at first, again, and after another sequence."""
    model = loaded(solution, case)
    seen = {"first": kept(model.forward(case.inputs["x"].copy()))}
    seen["again"] = kept(model.forward(case.inputs["x"].copy()))
    model.forward(case.inputs["x_other"].copy())
    seen["after_another"] = kept(model.forward(case.inputs["x"].copy()))
    return seen


def large_inputs(solution, case):
    """How many outputs are inf or nan where every input is 100000 or -100000."""
    x = np.where(case.inputs["x"] > 0, 1e5, -1e5)
    outputs = np.asarray(loaded(solution, case).forward(x))
    return {"outputs_that_are_not_finite": float(np.sum(~np.isfinite(outputs))), "allowed": 0.0}


def arguments(solution, case):
    """The arguments, before and after one forward and backward."""
    x, y = case.inputs["x"].copy(), case.inputs["y"].copy()
    model = loaded(solution, case)
    model.forward(x)
    model.backward(x, y, LEARNING_RATE)
    before = {"x_before": case.inputs["x"], "y_before": case.inputs["y"]}
    return {**before, "x_after": x, "y_after": y}


def learning_rate(solution, case):
    """The update of W_xh at rates 0, 0.01 and 0.02."""
    moved = {}
    for rate in (0.0, LEARNING_RATE, 2 * LEARNING_RATE):
        model = loaded(solution, case)
        step(model, case.inputs["x"], case.inputs["y"], rate)
        moved[rate] = np.subtract(weights_of(model)["W_xh"], case.inputs["W_xh"])
    return {
        "update_at_zero": moved[0.0],
        "nothing": np.zeros_like(case.inputs["W_xh"]),
        "doubled": moved[2 * LEARNING_RATE],
        "twice": 2 * moved[LEARNING_RATE],
    }


def seeded(solution, case):
    """The initial weights, made twice from the same seed."""
    first, second = initialisation(solution, case), initialisation(solution, case)
    zero = np.zeros((case.sizes["H"], 1))
    return {
        "W_xh": first["W_xh"],
        "W_xh_again": second["W_xh"],
        "W_hy": first["W_hy"],
        "W_hy_again": second["W_hy"],
        "b_h": first["b_h"],
        "b_h_zero": zero,
    }


def differences(solution, case, name, size=1e-5):
    """dL/dW of the solution's own forward by central differences, in the shape of the weight."""
    gradient = np.zeros_like(case.inputs[name])
    for index in np.ndindex(gradient.shape):
        losses = []
        for sign in (1, -1):
            model = loaded(solution, case)
            moved = case.inputs[name].copy()
            moved[index] += sign * size
            load(model, name, moved)
            outputs = np.asarray(model.forward(case.inputs["x"].copy()))
            losses.append(0.5 * np.sum((outputs - case.inputs["y"][:, :, None]) ** 2))
        gradient[index] = (losses[0] - losses[1]) / (2 * size)
    return gradient
