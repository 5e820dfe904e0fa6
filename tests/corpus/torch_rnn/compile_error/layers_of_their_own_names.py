"""nn.Linear layers; the parameters have other names."""
import torch
from torch import nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.rnn = nn.RNN(input_size, hidden_size)
        self.out = nn.Linear(hidden_size, output_size)

    def forward(self, x_seq):
        states, h = self.rnn(x_seq)
        return self.out(states), h[0]
