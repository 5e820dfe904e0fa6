"""Two real products as the parts of one complex product."""
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
        B = x_seq.shape[1]
        h = torch.zeros(B, len(self.b_h), dtype=x_seq.dtype)
        outputs = []
        for x in x_seq:
            left = torch.complex(torch.cat([h, x], 1), torch.zeros(B, h.shape[1] + x.shape[1]).to(x))
            right = torch.complex(torch.cat([self.W_hh, self.W_xh]), torch.cat([self.W_hh, self.W_xh]))
            h = torch.tanh((left.conj() @ right).real + self.b_h)
            both = torch.view_as_real(torch.complex(h @ self.W_hy, self.b_y.expand(B, -1)))
            outputs.append(both.sum(-1))
        return torch.stack(outputs), h
