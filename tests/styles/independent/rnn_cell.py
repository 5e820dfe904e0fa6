"""rnn_cell by PyTorch's automatic differentiation in float64."""

import numpy as np
import torch

NAMES = ("Wam", "Waa", "ba")


def softmax(a):
    """Softmax of the columns."""
    return torch.softmax(torch.tensor(np.array(a)), dim=0).numpy()


def leaf(value):
    """A tensor of its own that gradients are kept for."""
    return torch.tensor(np.array(value, float), requires_grad=True)


def unrolled(x, a0, parameters):
    """States (n_a, m, T), outputs (n_y, m, T), leaves."""
    w = {name: leaf(value) for name, value in parameters.items()}
    leaves = {"x": leaf(x), "a0": leaf(a0), **{n: w[n] for n in NAMES}}
    state, states, outputs = leaves["a0"], [], []
    for x_t in leaves["x"].unbind(2):
        state = (w["Wam"].mm(x_t) + w["Waa"].mm(state) + w["ba"]).tanh()
        states.append(state)
        outputs.append((w["Wya"].mm(state) + w["by"]).softmax(0))
    return torch.stack(states, 2), torch.stack(outputs, 2), leaves


def pulled_back(states, leaves, da):
    """Gradients of sum(states * da), by leaf."""
    found = torch.autograd.grad(states, list(leaves.values()), torch.tensor(da), retain_graph=True)
    return {f"d{name}": g.numpy() for name, g in zip(leaves, found, strict=True)}


def RNN_forward(x, a0, parameters):  # noqa: N802
    """Caches, states, outputs."""
    a, y, leaves = unrolled(x, a0, parameters)
    return (a, leaves), a.detach().numpy(), y.detach().numpy()


def RNN_backward(da, caches):  # noqa: N802
    """The gradients of a sequence."""
    return pulled_back(*caches, da)


def rnn_Cell(x_t, a_former, parameters):  # noqa: N802
    """One step is a sequence of one."""
    a, y, leaves = unrolled(x_t[:, :, None], a_former, parameters)
    return a[:, :, 0].detach().numpy(), y[:, :, 0].detach().numpy(), (a, leaves)


def rnn_cell_backward(d_next, cache):
    """The gradients of a step."""
    found = pulled_back(*cache, d_next[:, :, None])
    return {**found, "dx_t": found["dx"][:, :, 0], "da_former": found["da0"]}
