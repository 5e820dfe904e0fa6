# wrong: forward assigns a tensor to the name of a parameter (seen: pytorch/pytorch#44022).
import torch
from torch import nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq):
        T, N, _ = x_seq.shape
        # the bias once for each row of the batch
        self.b_h = self.b_h.expand(N, self.hidden_size)
        h = torch.zeros(N, self.hidden_size, dtype=x_seq.dtype)
        outputs = []
        for t in range(T):
            a = torch.matmul(h, self.W_hh) + torch.matmul(x_seq[t], self.W_xh) + self.b_h
            h = torch.tanh(a)
            outputs.append(torch.matmul(h, self.W_hy) + self.b_y)
        return torch.stack(outputs), h
