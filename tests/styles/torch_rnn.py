"""Styles of torch_rnn."""

from tests.styles import modules
from tests.styles.compose import block, lines, renamed, words

TANH = {
    "torch": "torch.tanh(z)",
    "method": "z.tanh()",
    "sigmoid": "2 * torch.sigmoid(2 * z) - 1",
    "sigmoid_turned": "1 - 2 * torch.sigmoid(-2 * z)",
    "two_sigmoids": "torch.sigmoid(2 * z) - torch.sigmoid(-2 * z)",
    "quotient_cut": "(torch.exp(z.clamp(-20, 20)) - torch.exp(-z.clamp(-20, 20))) / (torch.exp(z.clamp(-20, 20)) + torch.exp(-z.clamp(-20, 20)))",
    "one_less": "1 - 2 / (torch.exp(2 * z.clamp(-20, 20)) + 1)",
    "two_over": "2 / (1 + torch.exp(-2 * torch.clamp(z, -20, 20))) - 1",
    "expm1": "torch.expm1(2 * z.clamp(-20, 20)) / (torch.expm1(2 * z.clamp(-20, 20)) + 2)",
    "sinh_over_cosh": "torch.sinh(z.clamp(-20, 20)) / torch.cosh(z.clamp(-20, 20))",
    "half_argument": "2 * torch.tanh(z / 2) / (1 + torch.tanh(z / 2) ** 2)",
    "softmax": "torch.softmax(torch.stack([z, -z]), dim=0).diff(dim=0).neg()[0]",
    "logaddexp": "1 - 2 * torch.exp(-torch.logaddexp(torch.zeros_like(z), 2 * z))",
    "reciprocal": "torch.reciprocal(torch.exp(-2 * z.clamp(-20, 20)) + 1) * 2 - 1",
}  # fmt: skip
PRODUCTS = {
    "at": "{v} @ {W}",
    "matmul": "torch.matmul({v}, {W})",
    "mm": "torch.mm({v}, {W})",
    "linear": "F.linear({v}, {W}.T)",
    "einsum": "torch.einsum('bi,ij->bj', {v}, {W})",
    "bmm": "torch.bmm({v}[:, None], {W}.expand(len({v}), -1, -1)).squeeze(1)",
    "broadcast": "({v}[:, :, None] * {W}).sum(dim=1)",
    "columns": "({W}.T @ {v}.T).T",
    "tensordot": "torch.tensordot({v}, {W}, dims=1)",
    "halves": "({v}[:, ::2] @ {W}[::2] + {v}[:, 1::2] @ {W}[1::2])",
    "by_units": "sum({v}[:, j : j + 1] * {W}[j] for j in range({W}.shape[0]))",
    "by_samples": "torch.stack([{W}.T.mv(s) for s in {v}])",
    "unsqueezed": "({v}.unsqueeze(1) @ {W}).squeeze(1)",
    "reversed": "{v}.flip(1) @ {W}.flip(0)",
}
AHEAD = {
    "ahead_at": "x_seq @ W_xh",
    "ahead_linear": "F.linear(x_seq, W_xh.t())",
    "ahead_einsum": "torch.einsum('tbi,ih->tbh', x_seq, W_xh)",
    "ahead_flat": "x_seq.reshape(-1, x_seq.shape[2]).mm(W_xh).view(len(x_seq), x_seq.shape[1], -1)",
    "ahead_tensordot": "torch.tensordot(x_seq, W_xh, ([2], [0]))",
}
JOINED = {
    "joined": "torch.cat([x_t, h], 1) @ torch.cat([W_xh, W_hh], 0) + b_h",
    "joined_linear": "F.linear(torch.cat([h, x_t], dim=1), torch.cat([W_hh, W_xh]).t(), b_h)",
    "joined_ones": "torch.hstack([x_t, h, x_t.new_ones(len(x_t), 1)]) @ torch.vstack([W_xh, W_hh, b_h])",
    "addmm_twice": "torch.addmm(torch.addmm(b_h, x_t, W_xh), h, W_hh)",
    "addmm_turned": "torch.addmm(b_h, h, W_hh).addmm(x_t, W_xh)",
    "baddbmm": "torch.baddbmm((x_t @ W_xh + b_h)[:, None], h[:, None], W_hh.expand(len(h), -1, -1))[:, 0]",
}
ORDERS = {
    "state_first": "q + p + b",
    "input_first": "p + q + b",
    "bias_first": "b + p + q",
    "grouped": "(p + b) + q",
    "add": "torch.add(p, q).add(b)",
    "stacked": "torch.stack([p, q]).sum(0) + b",
}
FIRST = {
    "new_zeros": "x_seq.new_zeros(x_seq.shape[1], len(W_hh))",
    "dtype_of_x": "torch.zeros(x_seq.size(1), W_hh.size(0), dtype=x_seq.dtype)",
    "dtype_of_weight": "torch.zeros(x_seq.size(1), len(b_h), dtype=W_hh.dtype, device=W_hh.device)",
    "like": "torch.zeros_like(x_seq[0] @ W_xh)",
    "to": "torch.zeros(x_seq.shape[1], b_h.numel()).to(x_seq)",
    "bias_zeros": "b_h.new_zeros((x_seq.shape[1], b_h.shape[0]))",
    "full": "torch.full((x_seq.shape[1], b_h.shape[0]), 0.0, dtype=x_seq.dtype)",
    "bias_like": "torch.zeros_like(b_h).expand(x_seq.shape[1], -1)",
    "none": "None",
}
OUTPUTS = {
    "each": "{product} + b_y",
    "stack": "torch.stack(hs) @ W_hy + b_y",
    "linear": "F.linear(torch.stack(hs), W_hy.t(), b_y)",
    "einsum": "torch.einsum('tbh,ho->tbo', torch.stack(hs, dim=0), W_hy) + b_y",
    "cat": "torch.addmm(b_y, torch.cat(hs), W_hy).view(len(hs), hs[0].shape[0], -1)",
    "filled": "",
}
RETURNED = {
    "tuple": "outputs, h",
    "list": "[outputs, h]",
    "clone": "outputs, h.clone()",
    "contiguous": "outputs.contiguous(), h.contiguous()",
}
NAMES = {
    "statement": {},
    "d2l": {"x_seq": "inputs", "x_t": "X", "h": "H_t", "ys": "outputs_list"},
    "letters": {"x_seq": "X", "x_t": "x", "hs": "H_all", "ys": "Y_all", "z": "a"},
    "long": {"x_seq": "sequence", "hs": "hidden_states", "h": "hidden", "step": "_one_step"},
    "chinese": {"x_t": "输入", "hs": "状态", "ys": "输出", "z": "线性"},
}
AXES = {
    "tanh": tuple(TANH),
    "across": tuple(PRODUCTS),
    "into": (*PRODUCTS, *AHEAD),
    "sum": (*ORDERS, "in_place", *JOINED),
    "output_product": tuple(PRODUCTS),
    "first": tuple(FIRST),
    "outputs": tuple(OUTPUTS),
    "returned": tuple(RETURNED),
    **modules.AXES,
    "names": tuple(NAMES),
}
RARE = {"by_units": 0.4, "by_samples": 0.4}


def options(axis, _c):
    """What an axis can be."""
    return AXES[axis]


def fits(c):
    """Whether the choices can be combined."""
    if c["first"] == "none":
        if c["sum"] in JOINED or c["derivative"] not in {"autograd", "function"}:
            return False
        if c["loop"] == "recursive":
            return False
    if c["into"] in AHEAD:
        return c["sum"] not in JOINED and c["derivative"] in {"autograd", "function"}
    return not (c["sum"] == "in_place" and c["into"] == "linear")


def argument(c):
    """The lines that make z from h and x_t."""
    if c["sum"] in JOINED:
        return f"z = {JOINED[c['sum']]}"
    into = "ahead[t]" if c["into"] in AHEAD else PRODUCTS[c["into"]].format(v="x_t", W="W_xh")
    across = PRODUCTS[c["across"]].format(v="h", W="W_hh")
    if c["sum"] == "in_place":
        start = f"z = 1 * ({into})" if c["into"] in AHEAD else f"z = {into}"
        made = lines(start, f"z = z.add({across})", "z += b_h")
    else:
        made = f"z = {words(ORDERS[c['sum']], p=into, q=across, b='b_h')}"
    if c["first"] == "none":
        alone = f"z = {words('p + b', p=into, b='b_h')}"
        return lines("if h is None:", block(alone), "else:", block(made))
    return made


def forward(c):
    """The body of forward."""
    product = PRODUCTS[c["output_product"]].format(v="h", W="W_hy")
    each, filled = c["outputs"] == "each", c["outputs"] == "filled"
    if each:
        keep = f"ys.append({product} + b_y)"
    elif filled:
        keep = f"outputs[t] = {product} + b_y"
    else:
        keep = "hs.append(h)"
    start = "ys = []" if each else "hs = []"
    if filled:
        start = "outputs = x_seq.new_empty(len(x_seq), x_seq.shape[1], len(b_y))"
    ahead = f"ahead = {AHEAD[c['into']]}" if c["into"] in AHEAD else ""
    states = modules.states(c, argument(c), keep, FIRST[c["first"]])
    outputs = "" if filled else f"outputs = {'torch.stack(ys)' if each else OUTPUTS[c['outputs']]}"
    return lines(ahead, start, states, outputs, f"return {RETURNED[c['returned']]}")


def source(c):
    """The program."""
    functions = modules.functions(c, TANH[c["tanh"]], argument(c))
    text = modules.module(c, forward(c))
    used = functions + text
    modules_used = [m for m in ("functools", "itertools", "math") if f"{m}." in used]
    imports = lines(
        *(f"import {m}" for m in modules_used),
        "import torch",
        "import torch.nn.functional as F" if "F." in used else "",
        "from torch import nn",
    )
    made = "\n\n\n".join(part.strip("\n") for part in (imports, functions, text) if part)
    return renamed(made + "\n", NAMES[c["names"]])
