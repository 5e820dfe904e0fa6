# wrong: the tensor for the outputs is made by torch.empty without a dtype, so the outputs stay float32 after model.double().
# loses: float64
import torch


class RecurrentLayer(torch.nn.Module):
    """The part that makes states out of inputs."""

    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.W_hh = torch.nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = torch.nn.Parameter(torch.randn(input_size, hidden_size))
        self.b_h = torch.nn.Parameter(torch.zeros(hidden_size))

    def next_state(self, x_t, h):
        return torch.tanh(h @ self.W_hh + x_t @ self.W_xh + self.b_h)


class SimpleRNN(RecurrentLayer):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__(input_size, hidden_size)
        self.W_hy = torch.nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_y = torch.nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq):
        T, B = x_seq.shape[:2]
        H, O = self.W_hy.shape
        h = torch.zeros(B, H).to(x_seq)
        outputs = torch.empty(T, B, O)
        for t in range(T):
            h = self.next_state(x_seq[t], h)
            outputs[t] = h @ self.W_hy + self.b_y
        return outputs, h
