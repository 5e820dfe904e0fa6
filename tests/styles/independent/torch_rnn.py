"""torch_rnn by PyTorch's own recurrent layer, which is given the statement's parameters."""

import torch
from torch import nn


class SimpleRNN(nn.Module):
    """The statement's module, on torch.nn.RNN."""

    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq):
        """Outputs (T, B, O) and the last state (B, H)."""
        with torch.device("meta"):
            layer = nn.RNN(*self.W_xh.shape)
        named = {
            "weight_ih_l0": self.W_xh.T,
            "weight_hh_l0": self.W_hh.T,
            "bias_ih_l0": self.b_h,
            "bias_hh_l0": torch.zeros_like(self.b_h),
        }
        states, last = torch.func.functional_call(layer, named, (x_seq,))
        return states @ self.W_hy + self.b_y, last[0]
