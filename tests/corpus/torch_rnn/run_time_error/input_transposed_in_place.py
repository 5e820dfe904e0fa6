# wrong: the caller's x is transposed in place
# loses: conduct
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
        h = torch.zeros(x_seq.shape[1], self.W_hh.shape[0], dtype=x_seq.dtype)
        x_seq.transpose_(0, 1)
        outputs = []
        for x in x_seq.transpose(0, 1):
            h = torch.tanh(x @ self.W_xh + h @ self.W_hh + self.b_h)
            outputs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outputs), h
