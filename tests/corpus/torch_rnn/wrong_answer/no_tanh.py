# wrong: the state is linear, tanh was forgotten (seen: pytorch/tutorials#647).
# loses: forward
import torch
import torch.nn as nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super(SimpleRNN, self).__init__()
        self.hidden_size = hidden_size
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def step(self, x, hidden):
        hidden = torch.mm(hidden, self.W_hh) + torch.mm(x, self.W_xh) + self.b_h
        output = torch.mm(hidden, self.W_hy) + self.b_y
        return output, hidden

    def init_hidden(self, like):
        return torch.zeros(like.size(1), self.hidden_size, dtype=like.dtype)

    def forward(self, x_seq):
        hidden = self.init_hidden(x_seq)
        outputs = []
        for i in range(x_seq.size(0)):
            output, hidden = self.step(x_seq[i], hidden)
            outputs.append(output)
        return torch.stack(outputs), hidden
