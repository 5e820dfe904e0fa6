# wrong: each state is detached where it is kept for the outputs.
# loses: gradients
import torch, torch.nn as nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))
        self.hidden_size = hidden_size

    def forward(self, x_seq):
        h = torch.zeros(x_seq.size(1), self.hidden_size, dtype=x_seq.dtype)
        hs = torch.empty(x_seq.size(0), x_seq.size(1), self.hidden_size, dtype=x_seq.dtype)
        for t, x in enumerate(x_seq.unbind(0)):
            h = torch.tanh(torch.addmm(self.b_h, x, self.W_xh) + h @ self.W_hh)
            hs[t] = h.detach()
        return hs @ self.W_hy + self.b_y, h
