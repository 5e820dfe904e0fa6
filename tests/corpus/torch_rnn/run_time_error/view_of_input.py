# wrong: view is asked of inputs that need not be contiguous.
# loses: conduct
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
        # all input products at once
        projected = (x_seq.view(T * B, I) @ self.W_xh + self.b_h).view(T, B, -1)
        h = x_seq.new_zeros(B, self.W_hh.shape[0])
        states = []
        for t in range(T):
            h = torch.tanh(projected[t] + h @ self.W_hh)
            states.append(h)
        states = torch.stack(states)
        return states @ self.W_hy + self.b_y, h
