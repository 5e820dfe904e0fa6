"""A simple recurrent network as a PyTorch module; autograd derives the gradients.

    h_t = tanh(h_{t-1} W_hh + x_t W_xh + b_h),  h_0 = 0
    y_t = h_t W_hy + b_y

Row vectors: every array of a step has one row for each sequence of the batch.
"""

import torch
from torch import Tensor, nn


class SimpleRNN(nn.Module):
    """The network of the statement; T steps, B sequences, I inputs, H hidden units, O outputs."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__()
        self.W_hh = nn.Parameter(self.drawn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(self.drawn(input_size, hidden_size))
        self.W_hy = nn.Parameter(self.drawn(hidden_size, output_size))
        self.b_h = nn.Parameter(self.bias(hidden_size))
        self.b_y = nn.Parameter(self.bias(output_size))

    def drawn(self, rows: int, columns: int) -> Tensor:
        """A new matrix."""
        return torch.randn(rows, columns)

    def bias(self, size: int) -> Tensor:
        """A new bias."""
        return torch.zeros(size)

    def forward(self, x_seq: Tensor) -> tuple[Tensor, Tensor]:
        """x_seq (T, B, I) -> outputs (T, B, O), the last state (B, H)."""
        return self.results(self.states(x_seq))

    def states(self, x_seq: Tensor) -> list[Tensor]:
        """h_0 ... h_T, each (B, H)."""
        h = [self.first_state(x_seq)]
        for x_t in x_seq:
            h.append(self.activation(self.pre_activation(x_t, h[-1])))
        return h

    def results(self, h: list[Tensor]) -> tuple[Tensor, Tensor]:
        """The outputs (T, B, O) of the states after h_0, and the last state."""
        return torch.stack([self.output(h_t) for h_t in h[1:]]), h[-1]

    def first_state(self, x_seq: Tensor) -> Tensor:
        """h_0 (B, H), of the type of the input."""
        return x_seq.new_zeros(x_seq.shape[1], len(self.b_h))

    def pre_activation(self, x_t: Tensor, h: Tensor) -> Tensor:
        """What goes into tanh, (B, H), from x_t (B, I) and the state before it (B, H)."""
        return self.recurrent(h) + x_t @ self.W_xh + self.b_h

    def recurrent(self, h: Tensor) -> Tensor:
        """What a state adds to the next one's pre-activation, both (B, H)."""
        return h @ self.W_hh

    def activation(self, a: Tensor) -> Tensor:
        """The new state from what goes into it, both (B, H)."""
        return torch.tanh(a)

    def output(self, h: Tensor) -> Tensor:
        """The outputs (B, O) of a state (B, H)."""
        return h @ self.W_hy + self.b_y
