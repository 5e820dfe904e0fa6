# wrong: the second model of a size gets the initial weights of the first, whatever the seed.
# loses: parameters
import torch
from torch import nn


import functools


@functools.lru_cache(None)
def draw(i, h, o):
    return torch.randn(h, h), torch.randn(i, h), torch.randn(h, o)


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh, self.W_xh, self.W_hy = (nn.Parameter(w.clone()) for w in draw(input_size, hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq):
        h = x_seq.new_zeros(x_seq.shape[1], self.W_hh.shape[0])
        outputs = []
        for x in x_seq:
            a = h @ self.W_hh + x @ self.W_xh + self.b_h
            h = torch.tanh(a)
            outputs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outputs), h
