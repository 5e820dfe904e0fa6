"""Outputs are written into a tensor that was made beforehand."""
import torch
from torch import nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq):
        T, B, _ = x_seq.size()
        outputs = torch.empty(T, B, self.b_y.numel(), dtype=x_seq.dtype)
        h = torch.zeros(B, self.b_h.numel(), dtype=x_seq.dtype)
        for t in range(T):
            h = torch.tanh(x_seq[t] @ self.W_xh + h @ self.W_hh + self.b_h)
            outputs[t] = h @ self.W_hy + self.b_y
        return outputs, h
