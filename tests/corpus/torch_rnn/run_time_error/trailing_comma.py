# wrong: trailing comma makes outputs a tuple.
# loses: forward
import torch

class SimpleRNN(torch.nn.Module):
    """Simple RNN, time-major."""

    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.sizes = (input_size, hidden_size, output_size)
        P = torch.nn.Parameter
        self.W_hh = P(torch.randn(hidden_size, hidden_size))
        self.W_xh = P(torch.randn(input_size, hidden_size))
        self.W_hy = P(torch.randn(hidden_size, output_size))
        self.b_h = P(torch.zeros(hidden_size))
        self.b_y = P(torch.zeros(output_size))

    def forward(self, x_seq):
        T, B, _ = x_seq.size()
        _, H, O = self.sizes
        outputs = x_seq.new_zeros((T, B, O)),
        h = x_seq.new_zeros((B, H))
        for t in range(T):
            h = torch.tanh(torch.matmul(h, self.W_hh) + torch.matmul(x_seq[t], self.W_xh) + self.b_h)
            outputs[t] = torch.matmul(h, self.W_hy) + self.b_y
        return outputs, h
