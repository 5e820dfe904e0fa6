"""Everything but the recursion in one product each."""
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
        a = x_seq @ self.W_xh + self.b_h
        h = torch.zeros_like(a[0])
        states = []
        for a_t in a.unbind(0):
            h = torch.tanh(a_t + h @ self.W_hh)
            states.append(h)
        return torch.matmul(torch.stack(states), self.W_hy) + self.b_y, h
