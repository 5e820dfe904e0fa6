"""How each test group calls a solution; played on submissions and on the reference alike.

One function per group: it takes the solution (the imported module) and a case, and returns what
it observed, by name. Whatever comes back from the solution is copied at once, since a later call
may reuse the memory; caches are handed back as they came.
"""

import types

import numpy as np

PARAMETERS = ("Wam", "Waa", "Wya", "ba", "by")
OF_CELL = ("dx_t", "da_former", "dWam", "dWaa", "dba")
FAR = 1024.0  # times larger: a power of two, so that it is exact
NEARLY = 1 + 2.0**-20  # times as large: numpy.allclose sees no difference
OF_SEQUENCE = ("dx", "da0", "dWam", "dWaa", "dba")


def softmax(solution, case):
    """The softmax of one matrix."""
    return {"softmax": kept(solution.softmax(given(case, "a")))}


def cell_forward(solution, case):
    """State and output of one step."""
    return twice(step, solution, case)


def sequence_forward(solution, case):
    """States and outputs of a sequence."""
    return twice(steps, solution, case)


def cell_backward(solution, case):
    """The gradients of one step, from the solution's own cache."""
    return twice(step_back, solution, case)


def sequence_backward(solution, case):
    """The gradients of a sequence, from the solution's own caches."""
    return twice(steps_back, solution, case)


def conduct(solution, case):
    """That calls do not disturb each other, that caches last, and that arguments stay as given."""
    argument, far = given(case, "a"), given(case, "a") * FAR
    far_before = far.copy()
    solution.softmax(argument)
    solution.softmax(far)
    seen = {"softmax_argument": far / FAR}
    seen["changed_by_softmax"] = changed_numbers(case, a=argument) + unlike(far, far_before)
    seen.update(conduct_of_cell(solution, case))
    seen.update(conduct_of_sequence(solution, case))
    return seen


def conduct_of_cell(solution, case):
    """Two steps of the same sizes; the first one's cache is handed back last, and again.

    At the end one of the arguments is another, or has another content, as where weights are
    trained in place: a step that was kept must not be taken for it, nor a copy for the array.
    """
    x_t, a_former, parameters = cell_arguments(case)
    arrays = dict(parameters)
    other = (given(case, "x_t"), given(case, "a_former_other"), parameters_of(case, "_other"))
    d_next, d_next_other = given(case, "d_next"), given(case, "d_next_other")

    _, _, first = cell(solution, x_t, a_former, parameters)
    _, _, second = cell(solution, *other)
    backward = solution.rnn_cell_backward
    seen = gradients(backward(given(case, "d_next_other"), second), OF_CELL, "cell_second_")
    seen.update(gradients(backward(d_next, first), OF_CELL, "cell_first_"))
    seen.update(gradients(backward(d_next_other, first), OF_CELL, "cell_again_"))
    seen["keys_after_cell"] = float(len(parameters))
    seen["changed_by_cell"] = changed_numbers(
        case, x_t=x_t, a_former=a_former, d_next=d_next, **arrays
    )
    turn_round(d_next)
    seen.update(gradients(backward(d_next, second), OF_CELL, "cell_same_d_next_"))
    a_now = y_now = no_array("key missing in the dict")
    if complete(parameters):  # x_t, a_former and parameters are as the calls above left them
        cell(solution, x_t * NEARLY, a_former, parameters)
        a_now, y_now, _ = cell(solution, x_t, a_former, parameters)
    seen.update(same_arguments_a_now=kept(a_now), same_arguments_y_now=kept(y_now))
    a_now, y_now, _ = cell(solution, x_t, a_former, parameters_of(case, "_other"))
    seen.update(other_parameters_a_now=kept(a_now), other_parameters_y_now=kept(y_now))
    x_t[:] = -x_t
    turn_round(x_t, a_former)
    for name in PARAMETERS:
        put_back(parameters, arrays)
        arrays[name][:] = case.inputs[name + "_other"]
        a_now, y_now, _ = cell(solution, x_t, a_former, parameters)
        seen[f"after_change_of_{name}_a_now"] = kept(a_now)
        seen[f"after_change_of_{name}_y_now"] = kept(y_now)
    return seen


def conduct_of_sequence(solution, case):
    """Three sequences, the first of other sizes; each cache is handed back after other calls.

    At the end one of the arguments is another, or has another content.
    """
    x, a0, parameters = sequence_arguments(case)
    arrays = dict(parameters)
    likewise = (given(case, "x"), given(case, "a0"), parameters_of(case, "_other"))
    unlike = (-given(case, "x"), given(case, "a_former_other"), parameters_of(case))
    other_sizes = sequence_arguments(case, "_2")
    da = given(case, "da")

    third, _, _ = sequence(solution, *other_sizes)
    first, _, _ = sequence(solution, x, a0, parameters)
    second, _, _ = sequence(solution, *likewise)
    sequence(solution, *unlike)
    cell(solution, *cell_arguments(case))
    backward = solution.RNN_backward
    seen = gradients(backward(given(case, "da_2"), third), OF_SEQUENCE, "other_sizes_")
    seen.update(gradients(backward(da, first), OF_SEQUENCE, "first_"))
    seen.update(gradients(backward(given(case, "da"), second), OF_SEQUENCE, "second_"))
    seen.update(gradients(backward(given(case, "da_other"), first), OF_SEQUENCE, "again_"))
    _, a, y = sequence(solution, *sequence_arguments(case))
    seen.update(repeated_a=kept(a), repeated_y=kept(y))
    seen["keys_after_sequence"] = float(len(parameters))
    seen["changed_by_sequence"] = changed_numbers(case, x=x, a0=a0, da=da, **arrays)
    turn_round(da)
    seen.update(gradients(backward(da, second), OF_SEQUENCE, "same_da_"))
    a = y = no_array("key missing in the dict")
    if complete(parameters):  # as the calls above left them
        _, a, y = sequence(solution, x, a0, parameters)
    seen.update(same_arguments_a=kept(a), same_arguments_y=kept(y))
    _, a, _ = sequence(solution, x, given(case, "a_former_other"), parameters_of(case))
    seen["other_start_a"] = kept(a)
    turn_round(x, a0)
    put_back(parameters, arrays)
    sequence(solution, x * NEARLY, a0, parameters)
    put_back(parameters, arrays)
    seen["other_content_a"] = kept(sequence(solution, x, a0, parameters)[1])
    put_back(parameters, arrays)
    return seen | trained_in_place(solution, case, x, a0, parameters)


def trained_in_place(solution, case, x, a0, parameters):
    """States and outputs of a sequence after all weights were changed in place."""
    for name in PARAMETERS:
        parameters[name][:] = case.inputs[name + "_other"]
    _, a, y = sequence(solution, x, a0, parameters)
    return {"trained_a": kept(a), "trained_y": kept(y)}


def twice(play, solution, case):
    """What a play observes, and what the same play does after it: nothing may be left over."""
    first = play(solution, case)
    return {**first, **{name + "_again": value for name, value in play(solution, case).items()}}


def step(solution, case):
    """One call of rnn_Cell."""
    a_now, y_now, _ = cell(solution, *cell_arguments(case))
    return {"a_now": kept(a_now), "y_now": kept(y_now)}


def steps(solution, case):
    """One call of RNN_forward."""
    _, a, y = sequence(solution, *sequence_arguments(case))
    return {"a": kept(a), "y": kept(y)}


def step_back(solution, case):
    """One call of rnn_Cell and rnn_cell_backward; the arguments are kept until both are done."""
    arguments = cell_arguments(case)
    _, _, cache = cell(solution, *arguments)
    return gradients(solution.rnn_cell_backward(given(case, "d_next"), cache), OF_CELL)


def steps_back(solution, case):
    """One call of RNN_forward and RNN_backward; the arguments are kept until both are done."""
    arguments = sequence_arguments(case)
    caches, _, _ = sequence(solution, *arguments)
    return gradients(solution.RNN_backward(given(case, "da"), caches), OF_SEQUENCE)


def given(case, name):
    """A fresh copy of an input; one that was drawn as bits in float64."""
    value = case.inputs[name]
    return value.copy() if value.dtype.kind == "f" else value.astype(np.float64)


def parameters_of(case, suffix=""):
    """A fresh dict of copies, the other parameters in another order."""
    names = PARAMETERS[::-1] if suffix == "_other" else PARAMETERS
    return {name: case.inputs[name + suffix].copy() for name in names}


def cell_arguments(case):
    """The arguments of rnn_Cell. Who needs the cache must keep them."""
    return given(case, "x_t"), given(case, "a_former"), parameters_of(case)


def sequence_arguments(case, suffix=""):
    """The arguments of RNN_forward. Who needs the caches must keep them."""
    return given(case, "x" + suffix), given(case, "a0" + suffix), parameters_of(case, suffix)


def cell(solution, *arguments):
    """What rnn_Cell returned, in three."""
    return triple(solution.rnn_Cell(*arguments), "rnn_Cell")


def sequence(solution, *arguments):
    """What RNN_forward returned, in three."""
    return triple(solution.RNN_forward(*arguments), "RNN_forward")


def triple(value, function):
    """The three parts of a tuple or list, or three times a value that says what it was instead."""
    if isinstance(value, (tuple, list)) and len(value) == 3:
        return value
    what = type(value).__name__
    size = f" of length {len(value)}" if isinstance(value, (tuple, list)) else ""
    return 3 * (no_array(f"part of what {function} returned: {what}{size}, not a triple"),)


def gradients(value, names, prefix=""):
    """Copies of the gradients of those names."""
    if not isinstance(value, dict):
        what = f"part of what is no dict: {type(value).__name__}"
        return {prefix + name: no_array(what) for name in names}
    there = ", ".join(sorted(k for k in value if type(k) is str and k.isidentifier())[:8])
    missing = no_array(f"key missing in the dict, which has {there or 'no names'}"[:200])
    return {prefix + name: kept(value[name]) if name in value else missing for name in names}


def still(parameters, suffix):
    """The parameters as they are in the dict after a call, and how many the dict holds."""
    missing = no_array("key missing in the dict")
    seen = {name + suffix: kept(parameters.get(name, missing)) for name in PARAMETERS}
    return {**seen, "keys" + suffix: float(len(parameters))}


def turn_round(*arrays):
    """Reverse the last axis in place: of an array that was given another shape, another one."""
    for array in arrays:
        array[:] = array[..., ::-1].copy()


def changed_numbers(case, **arguments):
    """How many numbers of arguments are not what was given, to the last bit."""
    return sum(unlike(value, given(case, name)) for name, value in arguments.items())


def unlike(array, before):
    """How many numbers of an array are others than before."""
    same_size = array.size == before.size
    return float(np.sum(array.ravel() != before.ravel()) if same_size else before.size)


def put_back(parameters, arrays):
    """Add what a call took away; an array that a call put in place of the one passed stays."""
    parameters.update({name: arrays[name] for name in arrays if name not in parameters})


def complete(parameters):
    """Whether the dict still has all it was passed with: with less, a call could only raise."""
    return all(name in parameters for name in PARAMETERS)


def no_array(what):
    """A value that does not count; the judge words such a value by the name of its type."""
    return type(what, (), {})()


def kept(value):
    """A copy, or the value itself where NumPy cannot make an array of it: that is judged later."""
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):
        return value
    made = array.dtype == object and not isinstance(value, np.ndarray)
    return value if made or array.nbytes > 2**26 else array.copy()


# What `grader check` plays at home. Each function returns pairs that should agree.


def columns(solution, case):
    """The sums of the columns of softmax; its columns taken alone; what a shift changes."""
    a = given(case, "a")
    together = kept(solution.softmax(a.copy()))
    alone = [kept(solution.softmax(a[:, [k]].copy())) for k in range(a.shape[1])]
    shifted = a + 1000 * np.arange(a.shape[1])  # exact: a holds quarters
    return {
        "sums": np.sum(together, axis=0),
        "ones": np.ones(a.shape[1]),
        "together": together,
        "one_by_one": np.concatenate(alone, axis=1),
        "columns_far_apart": kept(solution.softmax(shifted)),
    }


def unrolled(solution, case):
    """The states and outputs of a sequence, and those of rnn_Cell called step by step."""
    x, a_t, parameters = sequence_arguments(case)
    seen = steps(solution, case)
    a, y = [], []
    for t in range(x.shape[2]):
        a_t, y_t, _ = cell(solution, x[:, :, t].copy(), np.array(a_t), parameters)
        a.append(kept(a_t))
        y.append(kept(y_t))
    return {**seen, "a_of_cells": np.stack(a, axis=2), "y_of_cells": np.stack(y, axis=2)}


def large_inputs(solution, case):
    """How many states and outputs are inf or nan where every input is 100000 or -100000."""
    x, a0, parameters = sequence_arguments(case)
    _, a, y = sequence(solution, np.where(x > 0, 1e5, -1e5), a0, parameters)
    return {
        "states_that_are_not_finite": float(np.sum(~np.isfinite(a))),
        "outputs_that_are_not_finite": float(np.sum(~np.isfinite(y))),
        "allowed": 0.0,
    }


def cell_gradients(solution, case):
    """The gradients of one step, and differences of sum(a_now * d_next)."""
    names = {"x_t": "dx_t", "a_former": "da_former"}
    return compared(solution, case, step_back, step, "a_now", "d_next", names)


def sequence_gradients(solution, case):
    """The gradients of a sequence, and differences of sum(a * da)."""
    names = {"x": "dx", "a0": "da0"}
    return compared(solution, case, steps_back, steps, "a", "da", names)


def repeatable(solution, case):
    """Gradients from a cache at once, and after other calls of the same sizes."""
    x, a0, parameters = sequence_arguments(case)
    other = (given(case, "x"), given(case, "a0"), parameters_of(case, "_other"))
    seen = steps_back(solution, case)
    first, _, _ = sequence(solution, x, a0, parameters)
    second, _, _ = sequence(solution, *other)
    solution.RNN_backward(given(case, "da"), second)
    for suffix in ("_later", "_again"):
        later = gradients(solution.RNN_backward(given(case, "da"), first), OF_SEQUENCE)
        seen.update({name + suffix: value for name, value in later.items()})
    return seen


def arguments(solution, case):
    """The arguments, before and after a sequence forward and backward."""
    x, a0, parameters = sequence_arguments(case)
    da = given(case, "da")
    caches, _, _ = sequence(solution, x, a0, parameters)
    solution.RNN_backward(da, caches)
    before = {f"{name}_before": given(case, name) for name in ("x", "a0", "da", *PARAMETERS)}
    after = {"x_after": x, "a0_after": a0, "da_after": da, **still(parameters, "_after")}
    return {**before, **after, "keys_before": float(len(PARAMETERS))}


def compared(solution, case, back, forth, result, upstream, names):
    """What `back` gives, and central differences of sum(result of `forth` * upstream)."""
    seen = back(solution, case)
    for name in (*names, "Wam", "Waa", "ba"):
        found = np.zeros_like(given(case, name))
        for index in np.ndindex(found.shape):
            ends = []
            for size in (1e-5, -1e-5):
                moved = given(case, name)
                moved[index] += size
                value = forth(solution, changed(case, name, moved))[result]
                ends.append(np.sum(value * given(case, upstream)))
            found[index] = (ends[0] - ends[1]) / 2e-5
        seen[f"{names.get(name, 'd' + name)}_by_differences"] = found
    return seen


def changed(case, name, value):
    """The case with another value of one input."""
    return types.SimpleNamespace(sizes=case.sizes, inputs={**case.inputs, name: value})
