# wrong: the dtype of the last model that was converted holds for all.
# loses: conduct
import torch
from torch import nn


class SimpleRNN(nn.Module):
    dtype = torch.float32

    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def double(self):
        SimpleRNN.dtype = torch.float64
        return super().double()

    def float(self):
        SimpleRNN.dtype = torch.float32
        return super().float()

    def forward(self, x_seq):
        h = torch.zeros(x_seq.shape[1], self.hidden_size, dtype=self.dtype)
        outputs = []
        for x_t in x_seq:
            h = torch.tanh(h @ self.W_hh + x_t @ self.W_xh + self.b_h)
            outputs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outputs), h
