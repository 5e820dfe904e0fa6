# wrong: computes in float32 whatever the model is
# loses: float64
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
        W_hh, W_xh, W_hy, b_h, b_y = (p.float() for p in (self.W_hh, self.W_xh, self.W_hy, self.b_h, self.b_y))
        h = torch.zeros(x_seq.shape[1], len(b_h))
        outputs = []
        for x in x_seq.float():
            h = torch.tanh(x @ W_xh + h @ W_hh + b_h)
            outputs.append(h @ W_hy + b_y)
        return torch.stack(outputs).to(x_seq.dtype), h.to(x_seq.dtype)
