"""addmm and baddbmm, the bias first."""
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
        T, B = x_seq.shape[:2]
        h = torch.zeros((B, self.W_hh.shape[0]), dtype=self.W_hh.dtype)
        states = []
        for t in range(T):
            h = torch.addmm(torch.addmm(self.b_h, x_seq[t], self.W_xh), h, self.W_hh).tanh()
            states.append(h)
        weight = self.W_hy.expand(T, -1, -1)
        return torch.baddbmm(self.b_y.expand(T, B, -1), torch.stack(states), weight), h
