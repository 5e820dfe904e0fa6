# wrong: the slope of the hidden layer is taken at the state before the step.
# loses: step
from collections import namedtuple

import numpy as np

Tick = namedtuple("Tick", "bits before state out")


def sigma(z):
    return np.reciprocal(1 + np.exp(-z))


def int2binary(n, binary_dim=8):
    n, bits = int(n), []
    if n < 0:
        raise ValueError("only natural numbers")
    for _ in range(binary_dim):
        n, bit = divmod(n, 2)
        bits.insert(0, bit)
    if n:
        raise ValueError("not enough bits")
    return np.array(bits, dtype="uint8")


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.n_hidden = hidden_dim
        self.synapse_0 = np.random.random((hidden_dim, input_dim)) * 2 - 1
        self.synapse_1 = np.random.random((output_dim, hidden_dim)) * 2 - 1
        self.synapse_h = np.random.random((hidden_dim, hidden_dim)) * 2 - 1

    def timeline(self, a, b):
        state = np.zeros((self.n_hidden, 1))
        for pair in np.stack([a, b], axis=1)[::-1]:
            bits = pair.reshape(2, 1).astype(float)
            before, state = state, sigma(self.synapse_h @ state + self.synapse_0 @ bits)
            yield Tick(bits, before, state, sigma(self.synapse_1 @ state))

    def forward(self, a, b):
        return np.array([tick.out.item() for tick in self.timeline(a, b)])[::-1]

    def train_step(self, a, b, c, alpha=0.1):
        ticks = list(self.timeline(a, b))
        out = np.array([tick.out.item() for tick in ticks])[::-1]
        up_0, up_1, up_h = 0.0, 0.0, 0.0
        carry = np.zeros((self.n_hidden, 1))
        for bit, tick in zip(c, reversed(ticks)):
            d_top = (float(bit) - tick.out) * tick.out * (1 - tick.out)
            d_hid = (self.synapse_1.T @ d_top + carry) * tick.before * (1 - tick.before)
            up_1 = up_1 + d_top @ tick.state.T
            up_0 = up_0 + d_hid @ tick.bits.T
            up_h = up_h + d_hid @ tick.before.T
            carry = self.synapse_h.T @ d_hid
        self.synapse_0 += alpha * up_0
        self.synapse_1 += alpha * up_1
        self.synapse_h += alpha * up_h
        return (out > 0.5).astype(np.uint8), np.abs(out - c).sum()
