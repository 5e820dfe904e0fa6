"""SimpleRNN is a function; the module is another class; a namedtuple is returned."""
import collections

import torch
from torch import nn


Result = collections.namedtuple("Result", "outputs h")


class Net(nn.Module):
    def forward(self, x_seq):
        h = torch.zeros(x_seq.size(1), self.b_h.size(0)).type_as(x_seq)
        outputs = []
        for x in x_seq:
            h = torch.tanh(torch.matmul(h, self.W_hh) + torch.matmul(x, self.W_xh) + self.b_h)
            outputs.append(torch.matmul(h, self.W_hy) + self.b_y)
        return Result(torch.stack(outputs), h)


def SimpleRNN(I, H, O):
    net = Net()
    net.W_hh, net.W_xh, net.W_hy = (nn.Parameter(torch.randn(a, b)) for a, b in ((H, H), (I, H), (H, O)))
    net.b_h, net.b_y = nn.Parameter(torch.zeros(H)), nn.Parameter(torch.zeros(O))
    return net
