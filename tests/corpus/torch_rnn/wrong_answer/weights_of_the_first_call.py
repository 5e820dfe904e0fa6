# wrong: W_xh is copied in the first call of each dtype, and the copy stays as it was
# loses: sgd, conduct
import torch
import torch.nn as nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

        self.copies = {}

    def forward(self, x_seq):
        if x_seq.dtype not in self.copies:
            self.copies[x_seq.dtype] = self.W_xh.detach().clone()
        W_xh = self.W_xh + (self.copies[x_seq.dtype] - self.W_xh).detach()
        T, B, _ = x_seq.shape
        h = torch.zeros(B, self.hidden_size, dtype=x_seq.dtype, device=x_seq.device)
        outputs = []
        for t in range(T):
            h = torch.tanh(torch.mm(h, self.W_hh) + torch.mm(x_seq[t], W_xh) + self.b_h)
            outputs.append(torch.mm(h, self.W_hy) + self.b_y)
        return torch.stack(outputs), h
