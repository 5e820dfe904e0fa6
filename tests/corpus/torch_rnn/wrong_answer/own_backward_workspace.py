# wrong: states of calls of one shape share their memory.
# loses: conduct
import torch
from torch import nn


class Steps(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, W_hh, W_xh, W_hy, b_h, b_y, workspace):
        T, B, _ = x.shape
        key = (T, B, x.dtype)
        if key not in workspace:
            workspace[key] = x.new_zeros(T + 1, B, W_hh.shape[0])
        states = workspace[key]
        for t in range(T):
            states[t + 1] = torch.tanh(states[t] @ W_hh + x[t] @ W_xh + b_h)
        ctx.save_for_backward(x, W_hh, W_xh, W_hy)
        ctx.states = states  # ours: no need to guard it
        return states[1:] @ W_hy + b_y, states[-1].clone()

    @staticmethod
    def backward(ctx, d_outputs, d_h):
        x, W_hh, W_xh, W_hy = ctx.saved_tensors
        states = ctx.states
        dW_hh, dW_xh = torch.zeros_like(W_hh), torch.zeros_like(W_xh)
        db_h, dx = x.new_zeros(W_hh.shape[0]), torch.empty_like(x)
        dW_hy = (states[1:].transpose(1, 2) @ d_outputs).sum(0)
        db_y = d_outputs.sum((0, 1))
        carried = d_h
        for t in reversed(range(len(x))):
            d = carried + d_outputs[t] @ W_hy.T
            dz = d * (1 - states[t + 1] ** 2)
            dW_hh += states[t].T @ dz
            dW_xh += x[t].T @ dz
            db_h += dz.sum(0)
            dx[t] = dz @ W_xh.T
            carried = dz @ W_hh.T
        return dx, dW_hh, dW_xh, dW_hy, db_h, db_y, None


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))
        self.workspace = {}  # states by shape, allocated once

    def forward(self, x_seq):
        return Steps.apply(x_seq, self.W_hh, self.W_xh, self.W_hy, self.b_h, self.b_y, self.workspace)
