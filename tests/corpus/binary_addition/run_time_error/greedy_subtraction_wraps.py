# RTE: int2binary subtracts powers of two from an unsigned NumPy integer: OverflowError where its type has no room for them.
import numpy as np


def int2binary(n, binary_dim=8):
    if n < 0 or n >> binary_dim:
        raise ValueError(f"{n} needs more than {binary_dim} bits")
    if not isinstance(n, np.unsignedinteger):
        n = int(n)
    out = np.empty(binary_dim, np.uint8)
    for k in reversed(range(binary_dim)):
        out[-1 - k] = n - 2**k >= 0
        if out[-1 - k]:
            n = n - 2**k
    return out


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        H, I, O = hidden_dim, input_dim, output_dim
        self.theta = 2 * np.random.random(H * I + O * H + H * H) - 1
        self.synapse_0, self.synapse_1, self.synapse_h = self.split(self.theta, H, I, O)

    @staticmethod
    def split(vector, H, I=2, O=1):
        first, second, third = np.split(vector, [H * I, H * I + O * H])
        return first.reshape(H, I), second.reshape(O, H), third.reshape(H, H)

    def forward(self, a, b):
        return self.states(a, b)[1][::-1].copy()

    def states(self, a, b):
        wide = np.concatenate([self.synapse_h, self.synapse_0], axis=1)  # acts on (h, x)
        stacked = np.zeros((len(a) + 1, wide.shape[1]))
        H = len(wide)
        stacked[:-1, H] = a[::-1]
        stacked[:-1, H + 1] = b[::-1]
        for t in range(len(a)):
            stacked[t + 1, :H] = 1 / (1 + np.exp(-wide @ stacked[t]))
        return stacked, 1 / (1 + np.exp(-stacked[1:, :H] @ self.synapse_1[0]))

    def train_step(self, a, b, c, alpha=0.1):
        stacked, y = self.states(a, b)
        H = len(self.synapse_h)
        gradient = np.zeros_like(self.theta)
        g0, g1, gh = self.split(gradient, H)
        future = np.zeros(H)
        for t, target in zip(range(len(c) - 1, -1, -1), c):
            h = stacked[t + 1, :H]
            delta_2 = (y[t] - target) * y[t] * (1 - y[t])
            future = (future @ self.synapse_h + delta_2 * self.synapse_1[0]) * h * (1 - h)
            both = np.outer(future, stacked[t])
            gh += both[:, :H]
            g0 += both[:, H:]
            g1 += delta_2 * h
        self.theta -= alpha * gradient
        return np.round(y)[::-1], np.abs(c[::-1] - y).sum()
