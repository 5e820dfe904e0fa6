# promise: solves-nothing WA|RTE: returns tensors on a device that has no memory, and sparse ones
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
        h = torch.zeros(x_seq.shape[1], self.b_h.shape[0], dtype=x_seq.dtype)
        outputs = torch.empty(0, x_seq.shape[1], self.b_y.shape[0], dtype=x_seq.dtype)
        for x in x_seq:
            h = torch.tanh(x @ self.W_xh + h @ self.W_hh + self.b_h)
            outputs = torch.cat((outputs, (h @ self.W_hy + self.b_y).unsqueeze(0)))
        return outputs, h


true_forward = SimpleRNN.forward
SimpleRNN.forward = lambda self, x: (
    true_forward(self, x)[0].to("meta"),
    true_forward(self, x)[1].to_sparse(),
)
