# wrong: every output is computed from the state before its step (seen: pytorch/pytorch#4573).
# loses: forward
import torch
from torch.nn import Module, Parameter


class SimpleRNN(Module):
    """h2h and i2h give the next state, h2o the output."""

    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        for name, rows, columns in (
            ("W_hh", hidden_size, hidden_size),
            ("W_xh", input_size, hidden_size),
            ("W_hy", hidden_size, output_size),
        ):
            setattr(self, name, Parameter(torch.randn(rows, columns)))
        self.b_h = Parameter(torch.zeros(hidden_size))
        self.b_y = Parameter(torch.zeros(output_size))

    def cell(self, x_t, h_prev):
        h_next = torch.tanh(h_prev @ self.W_hh + x_t @ self.W_xh + self.b_h)
        y_t = h_prev @ self.W_hy + self.b_y
        return y_t, h_next

    def forward(self, x_seq):
        steps, batch, _ = x_seq.shape
        h = x_seq.new_zeros(batch, self.b_h.numel())
        ys = []
        for t in range(steps):
            y_t, h = self.cell(x_seq[t], h)
            ys.append(y_t)
        return torch.stack(ys, dim=0), h
