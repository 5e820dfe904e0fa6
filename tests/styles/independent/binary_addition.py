"""binary_addition by PyTorch's automatic differentiation in float64."""

import numpy as np
import torch

NAMES = ("synapse_0", "synapse_1", "synapse_h")


def int2binary(n, binary_dim=8):
    """The bits of n, most significant first."""
    text = f"{int(n):b}".rjust(binary_dim, "0")
    if len(text) > binary_dim or int(n) < 0:
        raise ValueError(n)
    return np.array([int(digit) for digit in text], np.uint8)


class BinaryAdder:
    """The statement's class, on autograd."""

    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        shapes = (hidden_dim, input_dim), (output_dim, hidden_dim), (hidden_dim, hidden_dim)
        for name, shape in zip(NAMES, shapes, strict=True):
            setattr(self, name, 2 * np.random.random(shape) - 1)

    def outputs(self, a, b):
        """The outputs (D,), last bit first, and the leaves that they were computed from."""
        leaves = [torch.tensor(getattr(self, n), requires_grad=True) for n in NAMES]
        into, out, across = leaves
        state = torch.zeros(len(across), dtype=torch.float64)
        found = []
        for bits in torch.tensor(np.array([a, b], float)).flip(1).unbind(1):
            state = torch.sigmoid(into.mv(bits) + across.mv(state))
            found.append(torch.sigmoid(out.mv(state)))
        return torch.cat(found), leaves

    def forward(self, a, b):
        """layer_2 (D,), most significant first."""
        return self.outputs(a, b)[0].flip(0).detach().numpy()

    def train_step(self, a, b, c, alpha=0.1):
        """One step; the rounded bits and the sum of errors before it."""
        outputs, leaves = self.outputs(a, b)
        goal = torch.tensor(c.astype(float)).flip(0)
        slopes = torch.autograd.grad(((outputs - goal) ** 2).sum() / 2, leaves)
        for name, slope in zip(NAMES, slopes, strict=True):
            setattr(self, name, getattr(self, name) - alpha * slope.numpy())
        return outputs.round().flip(0).detach().numpy(), float(
            (goal - outputs).detach().abs().sum()
        )
