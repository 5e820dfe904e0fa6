# wrong: the class torch.nn.Tanh is stored without making an object of it, so calling it with a tensor raises a TypeError.
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
        self.activation = nn.Tanh

    def forward(self, x_seq):
        T, B, _ = x_seq.shape
        h = torch.zeros(B, self.W_hh.shape[0], dtype=x_seq.dtype)
        outputs = []
        for t in range(T):
            h = self.activation(h @ self.W_hh + x_seq[t] @ self.W_xh + self.b_h)
            outputs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outputs), h
