"""The model makes its own optimizer and has a method to train; neither is called here."""
import torch
from torch import nn


class SimpleRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size))
        self.W_hy = nn.Parameter(torch.randn(hidden_size, output_size))
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.b_y = nn.Parameter(torch.zeros(output_size))
        self.optimizer = torch.optim.SGD(self.parameters(), lr=0.01)

    def forward(self, x_seq):
        h = torch.zeros(x_seq.shape[1], self.b_h.shape[0], dtype=x_seq.dtype)
        outputs = []
        for x in x_seq:
            h = torch.tanh(x @ self.W_xh + h @ self.W_hh + self.b_h)
            outputs.append(h @ self.W_hy + self.b_y)
        return torch.stack(outputs), h

    def fit(self, x_seq, y):
        self.optimizer.zero_grad()
        loss = nn.functional.mse_loss(self(x_seq)[0], y)
        loss.backward()
        self.optimizer.step()
        return loss.item()


if __name__ == "__main__":
    model = SimpleRNN(2, 4, 1)
    for _ in range(10):
        print(model.fit(torch.randn(5, 3, 2), torch.randn(5, 3, 1)))
