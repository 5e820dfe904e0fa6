# wrong: one tensor is overwritten in each step, the list holds it T times (seen: pytorch/pytorch#142303).
# loses: forward
import torch


class SimpleRNN(torch.nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        P = torch.nn.Parameter
        self.W_hh = P(torch.randn(hidden_size, hidden_size))
        self.W_xh = P(torch.randn(input_size, hidden_size))
        self.W_hy = P(torch.randn(hidden_size, output_size))
        self.b_h = P(torch.zeros(hidden_size))
        self.b_y = P(torch.zeros(output_size))

    def forward(self, x_seq):
        seq_len, batch_size, _ = x_seq.size()
        h_t = torch.zeros(batch_size, self.W_hh.size(0), dtype=x_seq.dtype)
        states = []
        for t in range(seq_len):
            h_t_minus_1 = h_t.clone()
            h_t[:] = torch.tanh(x_seq[t] @ self.W_xh + h_t_minus_1 @ self.W_hh + self.b_h)
            states.append(h_t)
        outputs = torch.stack(states) @ self.W_hy + self.b_y
        return outputs, h_t
