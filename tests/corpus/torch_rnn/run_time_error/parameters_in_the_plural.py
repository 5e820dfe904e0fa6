# wrong: the class is called nn.Parameter, not nn.Parameters (seen: https://github.com/3venthatguy/Dive-Into-Deep-Learning).
import torch
from torch import nn


class SimpleRNN(nn.Module):
    """RNN from scratch."""

    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.num_hiddens = hidden_size
        self.W_hh = nn.Parameters(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameters(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameters(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameters(torch.zeros(hidden_size))
        self.b_y = nn.Parameters(torch.zeros(output_size))

    def forward(self, x_seq):
        H = torch.zeros((x_seq.shape[1], self.num_hiddens), dtype=x_seq.dtype)
        outputs = []
        for X in x_seq:
            H = torch.tanh(torch.matmul(X, self.W_xh) + torch.matmul(H, self.W_hh) + self.b_h)
            outputs.append(torch.matmul(H, self.W_hy) + self.b_y)
        return torch.stack(outputs), H
