"""Works on (B, T, ...) inside and turns the result round."""
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
        x = x_seq.transpose(0, 1).contiguous()
        h = x.new_zeros(x.size(0), self.W_hh.size(0))
        outputs = []
        for t in range(x.size(1)):
            h = torch.tanh(x[:, t] @ self.W_xh + h @ self.W_hh + self.b_h)
            outputs.append((h @ self.W_hy + self.b_y).unsqueeze(1))
        return torch.cat(outputs, dim=1).permute(1, 0, 2), h
