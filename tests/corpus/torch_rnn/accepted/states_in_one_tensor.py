"""All states, h_0 included, lie in one tensor that is filled with index_copy."""
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
        T, B, _ = x_seq.shape
        h = self.b_h.new_zeros(B, self.b_h.shape[0])
        states = h.new_zeros(T + 1, *h.shape)
        for t in range(T):
            h = (x_seq[t] @ self.W_xh + h @ self.W_hh + self.b_h).tanh()
            states = states.index_copy(0, torch.tensor([t + 1]), h[None])
        return states[1:] @ self.W_hy + self.b_y, states[-1]
