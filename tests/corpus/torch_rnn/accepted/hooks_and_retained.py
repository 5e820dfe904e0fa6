"""Looks at gradients with hooks that change nothing, and prints a lot."""
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
        self.seen = []

    def forward(self, x_seq):
        h = torch.zeros(x_seq.shape[1], self.b_h.shape[0], dtype=x_seq.dtype)
        outputs = []
        for t, x in enumerate(x_seq):
            h = torch.tanh(x @ self.W_xh + h @ self.W_hh + self.b_h)
            if h.requires_grad:
                h.retain_grad()
                h.register_hook(lambda g, t=t: self.seen.append((t, float(g.norm()))))
            print("step", t, h.shape)
            outputs.append(h @ self.W_hy + self.b_y)
        self.seen = self.seen[-10:]
        return torch.stack(outputs), h
