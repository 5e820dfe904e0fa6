# wrong: np.stack on tensors that require grad.
# loses: forward
import torch
import numpy as np


class SimpleRNN(torch.nn.Module):
    def __init__(self, n_inputs, n_hidden, n_outputs):
        super().__init__()
        self.n_hidden = n_hidden

        self.W_hh = torch.nn.Parameter(torch.randn((n_hidden, n_hidden)))
        self.W_xh = torch.nn.Parameter(torch.randn((n_inputs, n_hidden)))
        self.W_hy = torch.nn.Parameter(torch.randn((n_hidden, n_outputs)))
        self.b_h = torch.nn.Parameter(torch.zeros((n_hidden,)))
        self.b_y = torch.nn.Parameter(torch.zeros((n_outputs,)))
        self.h = None

    def reset(self, x_seq):
        self.h = torch.zeros(x_seq.shape[1], self.n_hidden).to(x_seq)

    def forward(self, x_seq):
        # every call is a new batch
        self.reset(x_seq)
        inp = torch.einsum("tbi,ih->tbh", x_seq, self.W_xh)
        hist = []
        for t in range(x_seq.shape[0]):
            self.h = torch.tanh(inp[t] + torch.einsum("bh,hk->bk", self.h, self.W_hh) + self.b_h)
            hist.append(self.h)
        hist = torch.tensor(np.stack(hist, axis=0))
        out = torch.einsum("tbh,ho->tbo", hist, self.W_hy) + self.b_y
        return out, self.h
