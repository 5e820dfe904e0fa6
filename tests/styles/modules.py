"""Modules of PyTorch: how parameters come about, how time is walked, who makes the derivatives."""

import re

from tests.styles.compose import block, lines

DRAWN = {
    "randn": "torch.randn({a}, {b})",
    "shape": "torch.randn(({a}, {b}))",
    "size": "torch.randn(size=({a}, {b}), dtype=torch.float32)",
    "normal": "torch.normal(0.0, 1.0, ({a}, {b}))",
    "in_place": "torch.empty({a}, {b}).normal_()",
    "init": "nn.init.normal_(torch.empty({a}, {b}))",
    "like": "torch.randn_like(torch.empty({a}, {b}))",
}
ZEROS = {
    "zeros": "torch.zeros({a})",
    "full": "torch.full(({a},), 0.0)",
    "empty": "torch.empty({a}).zero_()",
    "init": "nn.init.zeros_(torch.empty({a}))",
    "times": "torch.ones({a}) * 0.0",
    "list": "torch.tensor([0.0] * {a})",
}
SHAPES = {
    "W_hh": ("hidden_size", "hidden_size"),
    "W_xh": ("input_size", "hidden_size"),
    "W_hy": ("hidden_size", "output_size"),
}
BIASES = {"b_h": "hidden_size", "b_y": "output_size"}
AXES = {
    "derivative": ("autograd", "function", "step_function", "whole_function"),
    "loop": ("rows", "range", "unbind", "while", "recursive", "accumulate", "split"),
    "drawn": tuple(DRAWN),
    "zeros": tuple(ZEROS),
    "registered": ("assigned", "register", "setattr", "parent", "biases_first", "factory"),
    "access": ("locals", "direct", "dict"),
    "extras": ("none", "buffer", "attributes", "tanh_module"),
}
TANH_FUNCTION = """
class Tanh(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        h = {tanh}
        ctx.save_for_backward(h)
        return h

    @staticmethod
    def backward(ctx, d_h):
        (h,) = ctx.saved_tensors
        return d_h * (1 - h * h)
"""
STEP_FUNCTION = """
class Step(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h, x_t, W_hh, W_xh, b_h):
{argument}
        after = {tanh}
        ctx.save_for_backward(h, x_t, W_hh, W_xh, after)
        return after

    @staticmethod
    def backward(ctx, d_after):
        h, x_t, W_hh, W_xh, after = ctx.saved_tensors
        d_z = d_after * (1 - after**2)
        return d_z @ W_hh.T, d_z @ W_xh.T, h.T @ d_z, x_t.T @ d_z, d_z.sum(0)
"""
WHOLE_FUNCTION = """
class States(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x_seq, h, W_hh, W_xh, b_h):
        hs = [h]
        for x_t in x_seq:
{argument}
            h = {tanh}
            hs.append(h)
        hs = torch.stack(hs)
        ctx.save_for_backward(x_seq, hs, W_hh, W_xh)
        return hs[1:].clone()

    @staticmethod
    def backward(ctx, d_hs):
        x_seq, hs, W_hh, W_xh = ctx.saved_tensors
        d_z = torch.empty_like(d_hs)
        carried = torch.zeros_like(d_hs[0])
        for t in reversed(range(len(d_hs))):
            d_z[t] = (d_hs[t] + carried) * (1 - hs[t + 1] ** 2)
            carried = d_z[t] @ W_hh.T
        d_W_hh = torch.einsum('tbk,tbh->kh', hs[:-1], d_z)
        d_W_xh = torch.einsum('tbi,tbh->ih', x_seq, d_z)
        return d_z @ W_xh.T, carried, d_W_hh, d_W_xh, d_z.sum((0, 1))
"""


def functions(c, tanh, argument):
    """What stands before the class: tanh, or functions with derivatives of their own."""
    way = c["derivative"]
    if way == "step_function":
        return STEP_FUNCTION.format(argument=block(argument, 2), tanh=tanh)
    if way == "whole_function":
        return WHOLE_FUNCTION.format(argument=block(argument, 3), tanh=tanh)
    if way == "function":
        return TANH_FUNCTION.format(tanh=tanh)
    return f"def tanh(z):\n    return {tanh}\n"


def states(c, argument, keep, first):
    """The walk over time; `keep` is done with each h, the last of which stays."""
    if c["derivative"] == "whole_function":
        all_states = f"all_h = States.apply(x_seq, {first}, W_hh, W_xh, b_h)"
        return lines(all_states, "for t, h in enumerate(all_h.unbind(0)):", block(keep))
    if c["derivative"] == "step_function":
        new = "h = Step.apply(h, x_t, W_hh, W_xh, b_h)"
    else:
        name = {"function": "Tanh.apply", "autograd": "tanh"}[c["derivative"]]
        if c["extras"] == "tanh_module" and c["derivative"] == "autograd":
            name = "self.activation"
        new = lines(argument, f"h = {name}(z)")
    step = lines(new, keep)
    walk = {
        "rows": "for t, x_t in enumerate(x_seq):",
        "range": "for t in range(x_seq.shape[0]):",
        "unbind": "for t, x_t in enumerate(torch.unbind(x_seq, dim=0)):",
        "split": "for t, part in enumerate(x_seq.split(1)):",
        "while": "while t < len(x_seq):",
    }
    start = f"h = {first}"
    if c["loop"] in {"range", "split"}:
        step = lines("x_t = x_seq[t]" if c["loop"] == "range" else "x_t = part[0]", step)
    if c["loop"] == "while":
        start, step = lines(start, "t = 0"), lines("x_t = x_seq.select(0, t)", step, "t += 1")
    if c["loop"] == "recursive":
        body = lines(
            "if t < 0:",
            block(f"return {first}"),
            "h, x_t = state(t - 1), x_seq[t]",
            step,
            "return h",
        )
        return lines("def state(t):", block(body), "h = state(len(x_seq) - 1)")
    if c["loop"] == "accumulate":
        body = lines("t, x_t = numbered", step, "return h")
        run = "h = functools.reduce(advance, enumerate(x_seq), h)"
        return lines("def advance(h, numbered):", block(body), start, run)
    return lines(start, walk[c["loop"]], block(step))


def module(c, body):
    """The class, or what is called like one."""
    registered = c["registered"]
    draws = {n: DRAWN[c["drawn"]].format(a=a, b=b) for n, (a, b) in SHAPES.items()}
    biases = {n: ZEROS[c["zeros"]].format(a=a) for n, a in BIASES.items()}
    parts = {**biases, **draws} if registered == "biases_first" else {**draws, **biases}
    if registered == "register":
        made = [f"self.register_parameter('{n}', nn.Parameter({v}))" for n, v in parts.items()]
    elif registered == "setattr":
        shapes = ", ".join(f"('{n}', {v})" for n, v in parts.items())
        made = [f"for name, value in ({shapes}):\n    setattr(self, name, nn.Parameter(value))"]
    else:
        made = [f"self.{n} = nn.Parameter({v})" for n, v in parts.items()]
    extras = {
        "none": "",
        "buffer": "self.register_buffer('zero', torch.zeros(1), persistent=False)",
        "attributes": "self.sizes = input_size, hidden_size, output_size",
        "tanh_module": "self.activation = nn.Tanh()",
    }[c["extras"]]
    init = lines("super().__init__()", *made, extras)
    signature = "def __init__(self, input_size, hidden_size, output_size):"
    forward = f"def forward(self, x_seq):\n{block(reached(c, body))}\n"
    inits = f"{signature}\n{block(init)}\n"
    if registered == "parent":
        return f"class Weights(nn.Module):\n{block(inits)}\n\n\nclass SimpleRNN(Weights):\n{block(forward)}\n"
    if registered == "factory":
        call = "return Model(input_size, hidden_size, output_size)"
        return (
            f"class Model(nn.Module):\n{block(inits)}\n\n{block(forward)}\n\n\n"
            f"def SimpleRNN(input_size, hidden_size, output_size):\n    {call}\n"
        )
    return f"class SimpleRNN(nn.Module):\n{block(inits)}\n\n{block(forward)}\n"


def reached(c, body):
    """The body with its parameters fetched first, or each time."""
    used = [n for n in (*SHAPES, *BIASES) if re.search(rf"\b{n}\b", body)]
    if c["access"] == "locals":
        return lines(f"{', '.join(used)} = {', '.join(f'self.{n}' for n in used)}", body)
    if c["access"] == "dict":
        return lines(
            "p = dict(self.named_parameters())",
            re.sub(rf"\b({'|'.join(used)})\b", r"p['\1']", body),
        )
    return re.sub(rf"\b({'|'.join(used)})\b", r"self.\1", body)
