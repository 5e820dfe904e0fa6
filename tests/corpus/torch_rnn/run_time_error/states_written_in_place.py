# wrong: the states are written in place into a tensor whose slices autograd still needs, RuntimeError in backward.
from __future__ import annotations

import torch
from torch import Tensor, nn


class SimpleRNN(nn.Module):
    W_hh: nn.Parameter
    W_xh: nn.Parameter
    W_hy: nn.Parameter
    b_h: nn.Parameter
    b_y: nn.Parameter

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__()
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq: Tensor) -> tuple[Tensor, Tensor]:
        # the products with the inputs do not wait for anything: all steps at once
        projected = x_seq @ self.W_xh + self.b_h
        hidden = torch.zeros_like(projected)
        for t in range(projected.shape[0]):
            pre = projected[t]
            if t > 0:
                pre = pre + hidden[t - 1] @ self.W_hh
            hidden[t] = torch.tanh(pre)
        outputs = hidden @ self.W_hy + self.b_y
        return outputs, hidden[-1]
