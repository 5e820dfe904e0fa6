"""State and input side by side, the weights one above the other, joined in each call."""
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
        W = torch.cat([self.W_hh, self.W_xh], 0)
        h = torch.zeros(x_seq.shape[1], len(self.b_h), dtype=x_seq.dtype)
        outputs = []
        for t in range(len(x_seq)):
            h = torch.tanh(torch.hstack([h, x_seq[t]]) @ W + self.b_h)
            outputs += [h @ self.W_hy + self.b_y]
        return torch.stack(outputs), h
