# wrong: recurrent step without graph.
# loses: gradients
import torch
import torch.nn as nn


class RecurrentCell(nn.Module):
    """One step h_{t-1}, x_t -> h_t. The weights belong to the model."""

    def forward(self, x, h, w_x, w_h, bias):
        return torch.tanh(torch.matmul(h, w_h) + torch.matmul(x, w_x) + bias)


class Readout(nn.Module):
    def forward(self, h, w, bias):
        return torch.matmul(h, w) + bias


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))
        self.cell = RecurrentCell()
        self.readout = Readout()

    def forward(self, x_seq):
        steps, batch = x_seq.shape[0], x_seq.shape[1]
        h = x_seq.new_zeros(batch, self.W_hh.shape[0])
        ys = []
        for t in range(steps):
            with torch.no_grad():
                h = self.cell(x_seq[t], h, self.W_xh, self.W_hh, self.b_h)
            y = self.readout(h, self.W_hy, self.b_y)
            ys.append(y)
        return torch.stack(ys), h
