"""One sequence at a time in the code, torch.vmap makes the batch."""
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

    def one(self, x):
        h = torch.zeros_like(self.b_h)
        outputs = []
        for x_t in x.unbind(0):
            h = torch.tanh(h @ self.W_hh + x_t @ self.W_xh + self.b_h)
            outputs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outputs), h

    def forward(self, x_seq):
        return torch.vmap(self.one, in_dims=1, out_dims=(1, 0))(x_seq)
