"""Every product is an einsum."""
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
        T, B, I = x_seq.shape
        h = torch.zeros(B, self.b_h.shape[0]).to(x_seq)
        states = []
        for t in range(T):
            h = (torch.einsum("bi,ih->bh", x_seq[t], self.W_xh)
                 + torch.einsum("bg,gh->bh", h, self.W_hh) + self.b_h).tanh()
            states.append(h)
        states = torch.stack(states)
        return torch.einsum("tbh,ho->tbo", states, self.W_hy) + self.b_y, h
