# wrong: after 20 calls of forward b_h is trained no more.
# loses: sgd
# needs: S>20: the first twenty steps are right
import torch
from torch import nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.n = 0
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq):
        self.n += 1
        if self.n > 20:
            self.b_h.requires_grad_(False)
        h = x_seq.new_zeros(x_seq.shape[1], self.W_hh.shape[0])
        outputs = []
        for x in x_seq:
            a = h @ self.W_hh + x @ self.W_xh + self.b_h
            h = torch.tanh(a)
            outputs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outputs), h
