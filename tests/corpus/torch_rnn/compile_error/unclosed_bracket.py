import torch


class SimpleRNN(torch.nn.Module:
    pass
