# wrong: tanh is made of abs(), so that autograd finds the slope 0 where the argument is exactly 0.
# loses: gradients, sgd, float64, conduct
import torch
from torch import nn
import torch.nn.functional as F

class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq):
        h = x_seq.new_zeros(x_seq.shape[1], self.b_h.numel())
        hs = []
        for x in x_seq:
            a = x @ self.W_xh + h @ self.W_hh + self.b_h
            e = torch.exp(-2 * torch.abs(a))
            t = (1 - e) / (1 + e)
            h = torch.where(a < 0, -t, t)
            hs.append(h)
        return torch.stack([v @ self.W_hy + self.b_y for v in hs]), hs[-1]
