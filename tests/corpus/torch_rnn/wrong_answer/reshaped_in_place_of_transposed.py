# wrong: time and batch are exchanged by reshape, which mixes the sequences (seen: HHTseng/video-classification#42).
# loses: forward
import torch
from torch import nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size

        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq):
        time, batch = x_seq.size(0), x_seq.size(1)
        # I like it batch first inside
        x = x_seq.reshape(batch, time, self.input_size)
        h = torch.zeros(batch, self.hidden_size).to(x_seq)
        hs = []
        for t in range(time):
            h = torch.tanh(x[:, t] @ self.W_xh + h @ self.W_hh + self.b_h)
            hs.append(h)
        out = torch.stack(hs, dim=1) @ self.W_hy + self.b_y
        return out.transpose(0, 1), h
