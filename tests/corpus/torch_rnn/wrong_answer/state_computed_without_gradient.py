# wrong: the state is computed under no_grad.
# loses: gradients
import torch
from torch import nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq):
        T, B, _ = x_seq.shape
        h = torch.zeros(B, self.hidden_size, dtype=x_seq.dtype, device=x_seq.device)
        outputs = []
        for t in range(T):
            x_t = x_seq[t]
            with torch.no_grad():
                h = torch.tanh(x_t @ self.W_xh + h @ self.W_hh + self.b_h)
            y_t = h @ self.W_hy + self.b_y
            outputs.append(y_t)
        return torch.stack(outputs), h
