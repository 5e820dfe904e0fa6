"""The recurrence by PyTorch's own rnn_tanh, with these weights transposed."""
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
        h0 = x_seq.new_zeros(1, x_seq.shape[1], self.b_h.shape[0])
        weights = [self.W_xh.T, self.W_hh.T, self.b_h, torch.zeros_like(self.b_h)]
        states, last = torch.rnn_tanh(x_seq, h0, weights, True, 1, 0.0, self.training, False, False)
        return states @ self.W_hy + self.b_y, last[0]
