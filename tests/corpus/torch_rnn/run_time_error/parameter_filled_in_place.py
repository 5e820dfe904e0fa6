# wrong: the constructor writes into slices of a parameter that requires gradients (seen: Atcold/NYU-DLSP20#765).
import torch
import torch.nn as nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.empty(hidden_size))
        self.b_y = nn.Parameter(torch.empty(output_size))
        self.b_h[:] = 0.0
        self.b_y[:] = 0.0

    def forward(self, x_seq):
        h = torch.zeros_like(x_seq[0] @ self.W_xh)
        y = []
        for x_t in x_seq:
            h = torch.tanh(h @ self.W_hh + x_t @ self.W_xh + self.b_h)
            y.append(h @ self.W_hy + self.b_y)
        return torch.stack(y), h
