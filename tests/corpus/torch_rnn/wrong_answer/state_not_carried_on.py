# wrong: the new state is never put in the place of the old one (seen: kkleidal/GridLSTM-PyTorch#1).
# loses: forward
import torch


class SimpleRNN(torch.nn.Module):
    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__()
        self.W_hh = torch.nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = torch.nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = torch.nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = torch.nn.Parameter(torch.zeros(hidden_size))
        self.b_y = torch.nn.Parameter(torch.zeros(output_size))

    def forward(self, x_seq: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = x_seq.new_zeros((x_seq.shape[1], self.W_hh.shape[0]))
        outputs: list[torch.Tensor] = []
        for x in x_seq:
            next_hidden = torch.tanh(hidden @ self.W_hh + x @ self.W_xh + self.b_h)
            outputs.append(next_hidden @ self.W_hy + self.b_y)
        return torch.stack(outputs), next_hidden
