# wrong: the state is multiplied by its bias, in place, where the bias is added.
# loses: forward
# The pre-activation is summed and squashed in place, which autograd allows here.
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

    def forward(self, x_seq):
        T, B, _ = x_seq.shape
        h = torch.zeros(B, self.hidden_size, dtype=x_seq.dtype, device=x_seq.device)
        outputs = []
        for t in range(T):
            h = torch.mm(h, self.W_hh)
            h += torch.mm(x_seq[t], self.W_xh)
            h *= self.b_h
            h = h.tanh_()
            outputs.append(torch.mm(h, self.W_hy) + self.b_y)
        return torch.stack(outputs), h
