"""How each test group calls a solution; played on submissions and on the reference alike.

One function per group: it takes the solution (the imported module) and a case, and returns what
it observed, by name, as NumPy arrays. What is not a tensor of the model's own dtype does not
count, whatever it holds; `refused` stands in its place.

What is judged is judged in float32, apart from the group float64. Every tensor made here says its
dtype, since a submission may have set another default.
"""

import collections
import contextlib
import types

import numpy as np
import torch

torch.set_num_threads(1)
torch.tanh(torch.ones(8, 8) @ torch.ones(8, 8))  # PyTorch looks at the processor while it still can

# What a submission finds in os.environ: where PyTorch's optimizers would make a folder for compiled
# code, though nothing is compiled; a folder that is there already need not be made.
ENVIRONMENT = {"TORCHINDUCTOR_CACHE_DIR": "."}
# Autograd itself: another Tensor.backward, which a submission may put in its place, is not asked.
ENGINE = torch.autograd.Variable._execution_engine  # noqa: SLF001  # there is no other name
LEARNING_RATE = 0.01
PARAMETERS = ("W_hh", "W_xh", "W_hy", "b_h", "b_y")


def parameters(solution, case):
    """The parameters of two new models, and what else state_dict() holds, forward or not."""
    model = new_model(solution, case)
    seen = {name: registered(model, name) for name in PARAMETERS}
    another = new_model(solution, case, (case.seed + 1) % 2**32)
    seen.update({"next_seed_" + name: registered(another, name) for name in PARAMETERS})
    seen["state_dict_differences"] = differences(model)
    with contextlib.suppress(Exception):  # that it raises is judged elsewhere
        model(ones(2, 3, case.sizes["I"]))
        model(ones(1, 2, case.sizes["I"]))
    seen["state_dict_differences_after_forward"] = differences(model)
    return seen


def forward(solution, case):
    """The outputs and the last state of one batch."""
    model = loaded(solution, case, torch.float32)
    return named(call(model, tensor(case.inputs["x"], torch.float32)))


def gradients(solution, case):
    """The gradients of sum(outputs * d_outputs) + sum(h * d_h)."""
    return backpropagated(loaded(solution, case, torch.float32), case, torch.float32)[1]


def sgd(solution, case):
    """The weights along several steps of gradient descent, round and round the same batches.

    Weights are loaded before each of the first steps; later ones go on from what they find.
    """
    dtype, model = torch.float32, new_model(solution, case).float()
    batches = [
        [tensor(a, dtype) for a in batch]
        for batch in zip(*(case.inputs[n] for n in ("x_steps", "y_steps", "g_steps")), strict=True)
    ]
    held = None
    seen = {name: [] for name in PARAMETERS}
    for number in range(case.sizes["S"]):
        if number < case.sizes["L"]:
            load(model, {n: case.inputs[n + "_steps"][number] for n in PARAMETERS}, dtype)
        held = held or list(model.parameters())  # once, as an optimizer does
        x, *targets = batches[number % len(batches)]
        for parameter in held:
            parameter.grad = None
        returned = call(model, x.clone())
        if count(returned, targets):
            errors = zip(returned, targets, strict=True)
            backpropagate_loss(sum(((r - target) ** 2).sum() / 2 for r, target in errors))
        descend(held)
        for name in PARAMETERS:
            seen[name].append(value(getattr(model, name)))
    return seen


def float64(solution, case):
    """Outputs, last state, gradients and one step in float64, also after calls in float32."""
    dtype = torch.float64
    model = loaded(solution, case, dtype)
    returned, found = backpropagated(model, case, dtype)
    seen = {**named(returned), **found}
    descend(model.parameters())
    seen.update({name: value(getattr(model, name)) for name in PARAMETERS})

    model = loaded(solution, case, torch.float32)
    x = tensor(case.inputs["x"], torch.float32)
    if not same(
        call(model, x.clone()), call(model, x.clone())
    ):  # a state that is kept could only raise
        return seen | {f"after_double_{name}": KEPT_STATE for name in ("outputs", "h")}
    load(model.double(), case.inputs, dtype)
    seen.update(named(call(model, tensor(case.inputs["x"], dtype)), "after_double_"))
    return seen


def conduct(solution, case):
    """That calls and models do not disturb each other, and that modules' own ways work."""
    inputs, dtype = case.inputs, torch.float32
    seen = collections.defaultdict(lambda: KEPT_STATE)

    model = loaded(solution, case, dtype)
    x, x_other = (tensor(inputs[n], dtype) for n in ("x", "x_other"))
    first, second = call(model, x), call(model, x)
    seen.update(named(first))
    seen.update(named(second, "repeated_"))
    if not same(first, second):
        return seen  # where a state is kept, other sizes could only raise
    seen.update(named(call(model, x_other), "other_sizes_"))
    seen.update(named(call(model, x), "after_other_sizes_"))
    with torch.no_grad():
        seen.update(named(call(model, x), "without_grad_"))
        load(model, {name: inputs[name + "_2"] for name in PARAMETERS}, dtype)
        seen.update(named(call(model, x), "after_loading_"))
        seen.update(named(call(model, x.neg_()), "other_content_"))  # of the same tensor
        x.neg_()
    load(model, inputs, dtype)

    x, x_other = x.clone().requires_grad_(), x_other.clone().requires_grad_()
    first, second = call(model, x.clone()), call(model, x_other.clone())
    call(model, x.detach() + 1)  # of the same shape
    backpropagate(first, upstream(case, dtype))
    call(model, x.clone())
    backpropagate(second, upstream(case, dtype, "_other"))
    seen.update(gradients_of(model, case, "two_calls_"))
    seen["two_calls_d_x"], seen["two_calls_d_x_other"] = gradient(x), gradient(x_other)
    seen.update(two_models(solution, case))
    return seen


def two_models(solution, case):
    """Two models at once; what one is given is a leaf, and the other one's is not contiguous."""
    inputs, dtype, seen = case.inputs, torch.float32, {}
    after_float64(solution, case)
    models = [loaded(solution, case, dtype), loaded(solution, case, dtype, "_2", back=True)]
    bystander = solution.SimpleRNN(*(case.sizes[n] + 1 for n in "IHO")).float()
    bystander(ones(1, 2, case.sizes["I"] + 1))
    leaf = tensor(inputs["x"], dtype).requires_grad_()
    strided = tensor(np.ascontiguousarray(inputs["x"].swapaxes(0, 1)), dtype).requires_grad_()
    taken = leaf if untouched(models[0], leaf) else leaf.clone()
    returned = [call(models[0], taken), call(models[1], strided.transpose(0, 1))]
    prefixes = ("first_of_two_", "second_of_two_")
    d_outputs, d_h = upstream(case, dtype)  # the same for both: a backward changes none of them
    factors = [d_outputs.transpose(0, 1).contiguous().transpose(0, 1), d_h]
    for m, r, prefix in zip(models, returned, prefixes, strict=True):
        if count(r, factors):
            backpropagate_all(r, factors)
        seen.update({**named(r, prefix), **gradients_of(m, case, prefix)})
    seen["first_of_two_d_x"] = gradient(leaf)
    arrived = gradient(strided)
    turned = arrived.swapaxes(0, 1) if isinstance(arrived, np.ndarray) else arrived
    return seen | {"second_of_two_d_x": turned}


def after_float64(solution, case):
    """A call of a new model, as it is made, after one of a model in float64.

    What goes wrong in float64 itself, or in how parameters are made, is judged elsewhere.
    """
    x, model = ones(1, 2, case.sizes["I"]), new_model(solution, case)
    as_asked = all(isinstance(registered(model, name), np.ndarray) for name in PARAMETERS)
    with contextlib.suppress(Exception):
        model.double()(x.double())
    if as_asked:
        new_model(solution, case)(x)


def untouched(model, x):
    """Whether a call leaves its input as it was."""
    given = x.detach().clone()
    with torch.no_grad():
        call(model, given)
    return torch.equal(given, x)


def backpropagated(model, case, dtype):
    """What a call returned, and the gradients that sum(returned * upstream) sends back."""
    x = tensor(case.inputs["x"], dtype).requires_grad_()
    returned = call(model, x.clone())  # computed, as behind another layer
    backpropagate(returned, upstream(case, dtype))
    return returned, {**gradients_of(model, case), "d_x": gradient(x)}


def descend(parameters):
    """One step against the gradients that have arrived."""
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter.sub_(LEARNING_RATE * parameter.grad)


def new_model(solution, case, seed=None):
    """A model of the case's sizes, drawn after both generators are seeded."""
    seed = case.seed if seed is None else seed
    np.random.seed(seed)
    torch.default_generator.manual_seed(seed)  # torch.manual_seed keeps a stack trace for each GPU
    return solution.SimpleRNN(*(case.sizes[n] for n in "IHO"))


def loaded(solution, case, dtype, suffix="", *, back=False):
    """A new model with the case's weights, in that precision; back: it was in float64 before."""
    model = new_model(solution, case)
    model = model.double() if back else model
    model = model.double() if dtype == torch.float64 else model.float()
    load(model, {name: case.inputs[name + suffix] for name in PARAMETERS}, dtype)
    return model


def load(model, weights, dtype):
    """Load weights in place or, where that does not take, by assignment."""
    for name in PARAMETERS:
        held = getattr(model, name)
        wanted = shaped_as(held, tensor(weights[name], dtype))
        with torch.no_grad(), contextlib.suppress(Exception):
            held.copy_(wanted)
        held = getattr(model, name)
        if not (torch.is_tensor(held) and held.dtype == dtype and torch.equal(held, wanted)):
            is_parameter = isinstance(held, torch.nn.Parameter)
            trained = getattr(held, "requires_grad", False)
            wanted = torch.nn.Parameter(wanted, trained) if is_parameter else wanted
            setattr(model, name, wanted.requires_grad_(trained))


def shaped_as(held, wanted):
    """The weight in the shape that the model keeps: where that is wrong, one group says so."""
    if not torch.is_tensor(held) or held.numel() != wanted.numel() or held.shape == wanted.shape:
        return wanted
    return wanted.T.contiguous() if wanted.ndim == held.ndim == 2 else wanted.reshape(held.shape)


def call(model, x):
    """The two results of a call, outputs and h; refused where a result does not count."""
    dtype = x.dtype
    result = model(x)
    if not isinstance(result, tuple | list) or len(result) != 2:
        what = f"{type(result).__name__} alone, forward returns outputs and h"
        return refused(what), refused(what)
    return tuple(counted(r, dtype) for r in result)


def counted(result, dtype):
    """The result if it is a tensor of that dtype."""
    if not torch.is_tensor(result):
        parts = isinstance(result, tuple | list) and any(torch.is_tensor(r) for r in result)
        return refused(f"{type(result).__name__}{' of tensors' if parts else ''}, not a tensor")
    if result.dtype != dtype:
        return refused(f"tensor of {result.dtype} from a model of {dtype}")
    return result


def count(returned, wanted):
    """Whether all results count and have the wanted shapes, so that a loss can be made of them."""
    pairs = zip(returned, wanted, strict=True)
    return all(torch.is_tensor(r) and r.shape == w.shape for r, w in pairs)


def upstream(case, dtype, suffix=""):
    """The gradients of the loss at outputs and h."""
    return [tensor(case.inputs[n + suffix], dtype) for n in ("d_outputs", "d_h")]


def backpropagate(returned, factors):
    """Backpropagate sum(returned * factors), where that can be done."""
    if count(returned, factors):
        backpropagate_loss(sum((r * f).sum() for r, f in zip(returned, factors, strict=True)))


def backpropagate_loss(loss):
    """Backpropagate, unless nothing that is trained has a part in the loss."""
    backpropagate_all([loss], [torch.ones_like(loss)])


def backpropagate_all(results, factors):
    """Send gradients back through those results in which something trained has a part."""
    pairs = [(r, f) for r, f in zip(results, factors, strict=True) if r.requires_grad]
    if pairs:
        ENGINE.run_backward(
            *zip(*pairs, strict=True),
            *(False, False, ()),
            allow_unreachable=True,
            accumulate_grad=True,
        )


def registered(model, name):
    """The value of a registered parameter, in the default precision."""
    parameter = dict(model.named_parameters(remove_duplicate=False)).get(name)
    if parameter is None:
        return refused(f"{type(getattr(model, name)).__name__} that is no registered parameter")
    return value(counted(parameter, torch.float32))


def differences(model):
    """How many names state_dict() holds too many or too few."""
    return len(set(model.state_dict()) ^ set(PARAMETERS))


def named(returned, prefix=""):
    """Outputs and h as arrays, by name."""
    return {prefix + n: value(r) for n, r in zip(("outputs", "h"), returned, strict=True)}


def gradients_of(model, case, prefix=""):
    """The gradients that have arrived at the parameters, by name.

    In a single step W_hh has no part in the loss: no gradient is zero there.
    """
    single = {"W_hh"} if len(case.inputs["x"]) == 1 else ()
    return {
        f"{prefix}d_{name}": gradient(getattr(model, name), unused=name in single)
        for name in PARAMETERS
    }


def gradient(tensor, *, unused=False):
    """A tensor's gradient; refused where there is none, unless it had no part in the loss."""
    found = getattr(tensor, "grad", None)
    if found is None and unused and torch.is_tensor(tensor):
        return np.zeros(tensor.shape)
    return refused("None, no gradient reached it") if found is None else value(found)


def same(first, second):
    """Whether two calls gave the same, up to rounding; what does not count is left for later."""
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if torch.is_tensor(a)]
    return all(torch.is_tensor(b) and a.shape == b.shape and torch.allclose(a, b) for a, b in pairs)


def tensor(array, dtype):
    """A new tensor of that dtype."""
    return torch.as_tensor(np.array(array, np.float64)).to(dtype, copy=True)


def ones(*shape):
    """A tensor of ones in the precision of a new model."""
    return torch.ones(shape, dtype=torch.float32)


def value(result):
    """A copy as a float64 array; what is not a tensor is left as it is."""
    if not torch.is_tensor(result):
        return result
    return result.detach().to(torch.float64, copy=True).numpy(force=True)


def refused(what):
    """What does not count: the judge tells what it was by the name of its type."""
    return type(what, (), {})()


KEPT_STATE = refused("missing, since a second call with the same x gave another result")


# What `grader check` plays at home. Each function returns pairs that should agree.


def registration(solution, case):
    """What state_dict() holds too many or too few; what is no parameter that is trained."""
    model = new_model(solution, case)
    trained = {n for n, p in model.named_parameters(remove_duplicate=False) if p.requires_grad}
    model(ones(2, 3, case.sizes["I"]))
    return {
        "names_in_state_dict_too_many_or_few": float(differences(model)),
        "parameters_not_trained": float(len(set(PARAMETERS) - trained)),
        "none": 0.0,
    }


def autograd(solution, case):
    """The gradients that arrive in float64, and differences of the same loss."""
    dtype = torch.float64
    model = loaded(solution, case, dtype)
    _, seen = backpropagated(model, case, dtype)
    for name in (*PARAMETERS, "x"):
        seen[f"d_{name}_by_differences"] = by_differences(solution, case, name)
    return seen


def precisions(solution, case):
    """Outputs and last state in float64, and in float32."""
    seen = {}
    for dtype, suffix in ((torch.float64, ""), (torch.float32, "_float32")):
        model = loaded(solution, case, dtype)
        returned = named(call(model, tensor(case.inputs["x"], dtype)))
        seen.update({name + suffix: value for name, value in returned.items()})
    return seen


def large_inputs(solution, case):
    """How many outputs are inf or nan, in float32, where every input is 100000 or -100000."""
    model = loaded(solution, case, torch.float32)
    outputs, _ = call(model, torch.sign(tensor(case.inputs["x"], torch.float32)) * 1e5)
    return {"outputs_that_are_not_finite": float((~torch.isfinite(outputs)).sum()), "allowed": 0.0}


def batch(solution, case):
    """Outputs and last state of a batch, and of its sequences one by one."""
    dtype = torch.float64
    model = loaded(solution, case, dtype)
    x = tensor(case.inputs["x"], dtype)
    together = call(model, x.clone())
    alone = [call(model, x[:, [k]].clone()) for k in range(x.shape[1])]
    outputs, h = zip(*alone, strict=True)
    joined = torch.cat(outputs, dim=1), torch.cat(h, dim=0)
    return {**named(together), **named(joined, "one_by_one_")}


def repeatable(solution, case):
    """Outputs and last state of a batch: at first, again, and after another."""
    dtype = torch.float64
    model = loaded(solution, case, dtype)
    x = tensor(case.inputs["x"], dtype)
    seen = {"x_before": value(x), **named(call(model, x), "first_")}
    seen.update(named(call(model, x), "again_"))
    call(model, tensor(case.inputs["x_other"], dtype))
    seen.update(named(call(model, x), "after_another_"))
    return {**seen, "x_after": value(x)}


def seeded(solution, case):
    """The parameters, made twice from the same seed."""
    first, second = new_model(solution, case), new_model(solution, case)
    seen = {name: value(getattr(first, name)) for name in PARAMETERS}
    seen.update({f"{name}_again": value(getattr(second, name)) for name in PARAMETERS})
    return {**seen, "b_h_zero": np.zeros(case.sizes["H"]), "b_y_zero": np.zeros(case.sizes["O"])}


def by_differences(solution, case, name, size=1e-5):
    """Central differences of sum(outputs * d_outputs) + sum(h * d_h) by one input."""
    found = np.zeros(case.inputs[name].shape)
    for index in np.ndindex(found.shape):
        ends = []
        for sign in (1, -1):
            moved = case.inputs[name].copy()
            moved[index] += sign * size
            inputs = {**case.inputs, name: moved}
            other = types.SimpleNamespace(sizes=case.sizes, inputs=inputs, seed=case.seed)
            with torch.no_grad():
                model = loaded(solution, other, torch.float64)
                results = call(model, tensor(inputs["x"], torch.float64))
            parts = zip(results, upstream(case, torch.float64), strict=True)
            ends.append(sum((r * d).sum().item() for r, d in parts))
        found[index] = (ends[0] - ends[1]) / (2 * size)
    return found
