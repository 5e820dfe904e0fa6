# wrong: the weights, leaves that require grad, are filled in place without no_grad, RuntimeError.
import torch
import torch.nn as nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        self.W_hh = nn.Parameter(torch.empty(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.empty(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.empty(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.empty(hidden_size))
        self.b_y = nn.Parameter(torch.empty(output_size))
        self.reset_parameters()

    def reset_parameters(self):
        for weight in (self.W_hh, self.W_xh, self.W_hy):
            weight.copy_(torch.randn(weight.shape))
        for bias in (self.b_h, self.b_y):
            torch.nn.init.zeros_(bias)

    def forward(self, x_seq):
        seq_len, batch_size = x_seq.shape[:2]
        hidden = [torch.zeros((batch_size, self.hidden_size), dtype=self.b_h.dtype, device=x_seq.device)]
        for t in range(seq_len):
            total = x_seq[t, :, :] @ self.W_xh
            total = total + hidden[t] @ self.W_hh
            total = total + self.b_h
            hidden.append(torch.tanh(total))
        outputs = [torch.matmul(h, self.W_hy) + self.b_y for h in hidden[1:]]
        return torch.stack(outputs), hidden[seq_len]
