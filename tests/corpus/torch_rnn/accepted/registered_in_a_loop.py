"""register_parameter in a loop, values from nn.init; another order of registration."""
import torch
from torch import nn


class SimpleRNN(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        nn.Module.__init__(self)
        shapes = {"b_y": (n_out,), "b_h": (n_hidden,), "W_hh": (n_hidden, n_hidden),
                  "W_xh": (n_in, n_hidden), "W_hy": (n_hidden, n_out)}
        for name, shape in shapes.items():
            self.register_parameter(name, nn.Parameter(torch.empty(*shape)))
            (nn.init.zeros_ if name.startswith("b") else nn.init.normal_)(getattr(self, name))

    def forward(self, x_seq):
        p = dict(self.named_parameters())
        h, y = torch.zeros(x_seq.shape[1], p["b_h"].shape[0], dtype=x_seq.dtype), []
        for x in x_seq:
            h = torch.tanh(h @ p["W_hh"] + x @ p["W_xh"] + p["b_h"])
            y.append(h @ p["W_hy"] + p["b_y"])
        return torch.stack(y), h
