# wrong: foward.
# loses: forward
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

    def foward(self, x_seq):
        T, B, _ = x_seq.shape
        h = torch.zeros(B, self.hidden_size, dtype=x_seq.dtype)
        outputs = []
        for t in range(T):
            x = x_seq[t]
            h = torch.tanh(x @ self.W_xh + h @ self.W_hh + self.b_h)
            y = h @ self.W_hy + self.b_y
            outputs.append(y)
        return torch.stack(outputs, dim=0), h
