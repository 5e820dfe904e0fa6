# wrong: b_h is added to both products, so it counts twice (seen: rasbt/machine-learning-book#106).
# loses: forward
import torch
import torch.nn as nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq):
        prev_h = torch.zeros(x_seq.size(1), self.W_hh.size(0), dtype=self.W_hh.dtype)
        out_man = []
        for t in range(len(x_seq)):
            xt = x_seq[t]
            ht = torch.matmul(xt, self.W_xh) + self.b_h
            ot = ht + torch.matmul(prev_h, self.W_hh) + self.b_h
            prev_h = torch.tanh(ot)
            out_man.append(torch.matmul(prev_h, self.W_hy) + self.b_y)
        return torch.stack(out_man), prev_h
