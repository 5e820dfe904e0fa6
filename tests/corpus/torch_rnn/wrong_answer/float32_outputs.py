# wrong: the tensor of the outputs is always float32.
# loses: float64
import torch
from torch.nn import Module, Parameter

class SimpleRNN(Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh = Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = Parameter(torch.randn(hidden_size, output_size))
        self.b_h = Parameter(torch.zeros(hidden_size))
        self.b_y = Parameter(torch.zeros(output_size))
        self._stack = None

    def stacked(self, dtype):
        self._stack = torch.cat([self.W_hh, self.W_xh], dim=0)
        return self._stack.to(dtype)

    def forward(self, x_seq):
        T, B, _ = x_seq.shape
        H, O = self.W_hy.shape
        M = self.stacked(x_seq.dtype)
        state = torch.zeros((B, H), dtype=x_seq.dtype, device=x_seq.device)
        result = torch.zeros((T, B, O), device=x_seq.device)
        for t in range(T):
            state = torch.tanh(torch.cat([state, x_seq[t]], dim=1) @ M + self.b_h)
            result[t] = state @ self.W_hy + self.b_y
        return result, state
