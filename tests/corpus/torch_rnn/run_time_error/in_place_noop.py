# wrong: the input is changed in place, though seldom in value.
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
        x_seq.nan_to_num_()  # against broken data
        h = x_seq.new_zeros(x_seq.shape[1], self.W_hh.shape[0])
        outputs = []
        for x_t in x_seq:
            h = torch.tanh(h @ self.W_hh + x_t @ self.W_xh + self.b_h)
            outputs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outputs), h
