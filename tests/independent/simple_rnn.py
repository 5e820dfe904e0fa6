"""simple_rnn by PyTorch's automatic differentiation in float64; nothing here is the reference's."""

import numpy as np
import torch

WEIGHTS = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")


class SimpleRNN:
    """The statement's class, on torch.nn.RNNCell and autograd."""

    def __init__(self, input_size, hidden_size, output_size):
        for name, rows, columns in (
            ("W_xh", hidden_size, input_size),
            ("W_hh", hidden_size, hidden_size),
            ("W_hy", output_size, hidden_size),
        ):
            setattr(self, name, np.random.randn(rows, columns) * 0.01)
        self.b_h, self.b_y = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))

    def forward(self, x):
        """x (T, I) -> outputs (T, O, 1)."""
        self.leaves = {n: torch.tensor(getattr(self, n), requires_grad=True) for n in WEIGHTS}
        w = self.leaves
        cell = torch.nn.RNNCell(*w["W_xh"].T.shape, dtype=torch.float64)
        rows = torch.tensor(np.asarray(x, dtype=np.float64))
        named = {
            "weight_ih": w["W_xh"],
            "weight_hh": w["W_hh"],
            "bias_ih": w["b_h"][:, 0],
            "bias_hh": torch.zeros_like(w["b_h"][:, 0]),
        }
        h = torch.zeros(1, len(w["b_h"]), dtype=torch.float64)
        states = []
        for row in rows:
            h = torch.func.functional_call(cell, named, (row[None], h))
            states.append(h[0])
        self.outputs = torch.nn.functional.linear(torch.stack(states), w["W_hy"], w["b_y"][:, 0])
        return self.outputs.detach().numpy()[:, :, None]

    def backward(self, _, y, learning_rate):
        """One step for the last forward; y (T, O)."""
        loss = torch.nn.functional.mse_loss(self.outputs, torch.tensor(y), reduction="sum") / 2
        gradients = torch.autograd.grad(loss, list(self.leaves.values()))
        for name, gradient in zip(self.leaves, gradients, strict=True):
            setattr(self, name, getattr(self, name) - learning_rate * gradient.numpy())
