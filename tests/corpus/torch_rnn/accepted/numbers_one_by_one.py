"""Every number is a tensor of its own."""
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
        H, O = self.W_hy.shape
        W_hh, W_xh, W_hy = ([list(row) for row in W] for W in (self.W_hh, self.W_xh, self.W_hy))
        last, outputs = [], [[] for _ in range(T)]
        for b in range(B):
            h = [x_seq.new_zeros(()) for _ in range(H)]
            for t in range(T):
                x = list(x_seq[t, b])
                new = []
                for j in range(H):
                    a = self.b_h[j]
                    for i in range(I):
                        a = a + x[i] * W_xh[i][j]
                    for k in range(H):
                        a = a + h[k] * W_hh[k][j]
                    new.append(torch.tanh(a))
                h = new
                row = []
                for o in range(O):
                    y = self.b_y[o]
                    for j in range(H):
                        y = y + h[j] * W_hy[j][o]
                    row.append(y)
                outputs[t].append(torch.stack(row))
            last.append(torch.stack(h))
        return torch.stack([torch.stack(rows) for rows in outputs]), torch.stack(last)
