# wrong: the first state has a row for each step, where it should have one for each sequence.
# loses: forward
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

    def init_hidden(self, batch):
        return torch.zeros(batch, self.W_hh.shape[0], dtype=self.W_hh.dtype)

    def forward(self, x_seq):
        h = self.init_hidden(x_seq.shape[0])
        outs = []
        for t in range(x_seq.shape[0]):
            x = x_seq[t]
            h = torch.tanh(x @ self.W_xh + h @ self.W_hh + self.b_h)
            outs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outs, 0), h
