"""Column vectors inside."""
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
        h = torch.zeros(self.b_h.shape[0], x_seq.shape[1], dtype=x_seq.dtype)
        outputs = []
        for x in x_seq.mT:
            h = torch.tanh(self.W_hh.T @ h + self.W_xh.T @ x + self.b_h[:, None])
            outputs.append(self.W_hy.T @ h + self.b_y[:, None])
        return torch.stack(outputs).mT, h.T
