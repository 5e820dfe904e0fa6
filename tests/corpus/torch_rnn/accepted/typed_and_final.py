"""Annotated, with __slots__-like constants; h_0 from torch.full."""
from typing import Final

import torch
from torch import Tensor, nn


class SimpleRNN(nn.Module):
    W_hh: nn.Parameter
    time_dimension: Final[int] = 0

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__()
        draws = [torch.randn(s) for s in ((hidden_size, hidden_size), (input_size, hidden_size), (hidden_size, output_size))]
        self.W_hh, self.W_xh, self.W_hy = map(nn.Parameter, draws)
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq: Tensor) -> tuple[Tensor, Tensor]:
        h: Tensor = torch.full((x_seq.shape[1], self.W_hh.shape[0]), 0.0, dtype=x_seq.dtype)
        outputs: list[Tensor] = []
        for x in torch.split(x_seq, 1, self.time_dimension):
            h = (x.squeeze(0) @ self.W_xh + h @ self.W_hh + self.b_h).tanh_()
            outputs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outputs), h
