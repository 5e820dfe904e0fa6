"""torch_rnn without PyTorch's operations: NumPy forward, complex steps for the gradients.

As in rnn_cell.py beside this. The gradients are those of sum(d_outputs * outputs) + sum(d_h * h),
which is what autograd hands to a function.
"""

import numpy as np
import torch

STEP = 1e-100


def states(x, W_hh, W_xh, b_h, moved):
    """h (T, B, H) of all copies (copies first), with moves (copies, T, 1, H) before tanh."""
    h, found = np.zeros((len(moved), x.shape[1], len(b_h)), moved.dtype), []
    for t, x_t in enumerate(x):
        h = np.tanh(h @ W_hh + (x_t @ W_xh + b_h) + moved[:, t])
        found.append(h)
    return np.stack(found, axis=1)


class Network(torch.autograd.Function):
    """Outputs and last state of x and the five parameters, computed in float64."""

    @staticmethod
    def forward(ctx, *tensors):
        """x (T, B, I), W_hh, W_xh, W_hy, b_h, b_y -> outputs (T, B, O), h (B, H)."""
        ctx.save_for_backward(*tensors)
        x, W_hh, W_xh, W_hy, b_h, b_y = (t.detach().double().numpy() for t in tensors)
        h = states(x, W_hh, W_xh, b_h, np.zeros((1, len(x), 1, len(b_h))))[0]
        made = (h @ W_hy + b_y, h[-1])
        return tuple(torch.from_numpy(a.copy()).to(tensors[0].dtype) for a in made)

    @staticmethod
    def backward(ctx, d_outputs, d_h):
        """The gradients of all six."""
        tensors = (*ctx.saved_tensors, d_outputs, d_h)
        x, W_hh, W_xh, W_hy, b_h, _, d_out, d_last = (t.detach().double().numpy() for t in tensors)
        steps, units = len(x), len(b_h)
        moved = STEP * 1j * np.eye(steps * units).reshape(-1, steps, 1, units)
        h = states(x, W_hh, W_xh, b_h, moved)
        slopes, h = h.imag / STEP, h[0].real
        d_z = np.einsum("ptbh,ho,tbo->pb", slopes, W_hy, d_out, optimize=True)
        d_z = (d_z + np.einsum("pbh,bh->pb", slopes[:, -1], d_last)).reshape(steps, units, -1)
        before = np.concatenate([np.zeros_like(h[:1]), h[:-1]])
        made = (
            np.einsum("ih,thb->tbi", W_xh, d_z),
            np.einsum("tbg,thb->gh", before, d_z),
            np.einsum("tbi,thb->ih", x, d_z),
            np.einsum("tbh,tbo->ho", h, d_out),
            np.einsum("thb->h", d_z),
            np.einsum("tbo->o", d_out),
        )
        return tuple(torch.from_numpy(a.copy()).to(d_outputs.dtype) for a in made)


class SimpleRNN(torch.nn.Module):
    """The statement's module."""

    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        for name, *shape in (
            ("W_hh", hidden_size, hidden_size),
            ("W_xh", input_size, hidden_size),
            ("W_hy", hidden_size, output_size),
        ):
            drawn = torch.empty(shape).normal_()
            self.register_parameter(name, torch.nn.Parameter(drawn))
        for name, size in (("b_h", hidden_size), ("b_y", output_size)):
            self.register_parameter(name, torch.nn.Parameter(torch.full((size,), 0.0)))

    def forward(self, x_seq):
        """x_seq (T, B, I) -> outputs (T, B, O), the last state (B, H)."""
        return Network.apply(x_seq, self.W_hh, self.W_xh, self.W_hy, self.b_h, self.b_y)
