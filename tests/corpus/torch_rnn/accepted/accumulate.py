"""itertools.accumulate over the unbound steps; a list of two is returned."""
from itertools import accumulate

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
        h0 = x_seq.new_zeros((x_seq.shape[1], self.hidden))
        states = list(accumulate(x_seq.unbind(), self.step, initial=h0))[1:]
        return [torch.stack([h.matmul(self.W_hy).add(self.b_y) for h in states]), states[-1]]

    @property
    def hidden(self):
        return self.W_hh.shape[1]

    def step(self, h, x):
        return x.matmul(self.W_xh).add(h.matmul(self.W_hh)).add(self.b_h).tanh()
