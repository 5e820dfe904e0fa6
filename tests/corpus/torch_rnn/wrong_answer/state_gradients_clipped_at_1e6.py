# wrong: a hook clips the gradient of every state at one million.
# loses: gradients, float64, sgd, conduct
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
        h = x_seq.new_zeros(x_seq.shape[1], self.W_hh.shape[0])
        outputs = []
        for x in x_seq:
            a = h @ self.W_hh + x @ self.W_xh + self.b_h
            h = torch.tanh(a)
            if h.requires_grad:
                h.register_hook(lambda g: g.clamp(-1e6, 1e6))
            outputs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outputs), h
