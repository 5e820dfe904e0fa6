# No backward pass: the derivative of the state with respect to every weight is carried forward in time.
import numpy as np


def int2binary(n, binary_dim=8):
    if not (0 <= n <= (1 << binary_dim) - 1):
        raise ValueError
    bits = np.unpackbits(np.array([n], dtype=">u4").view(np.uint8))
    return bits[-binary_dim:]


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.rand(hidden_dim, input_dim) - 1
        self.synapse_1 = 2 * np.random.rand(output_dim, hidden_dim) - 1
        self.synapse_h = 2 * np.random.rand(hidden_dim, hidden_dim) - 1

    def forward(self, a, b):
        h, out = np.zeros(len(self.synapse_h)), []
        for x in np.stack([a, b], -1)[::-1]:
            h = 1 / (1 + np.exp(-self.synapse_0 @ x - self.synapse_h @ h))
            out.append(1 / (1 + np.exp(-self.synapse_1[0] @ h)))
        return np.array(out[::-1])

    def train_step(self, a, b, c, alpha=0.1):
        H = len(self.synapse_h)
        unit = np.arange(H)
        h = np.zeros(H)
        d_state = np.zeros((H, H, H + 2))  # of h[i] by weight [j, k] of (synapse_h | synapse_0)
        gradient, g1 = np.zeros((H, H + 2)), np.zeros_like(self.synapse_1)
        outputs = []
        for x, target in zip(np.stack([a, b], -1)[::-1], c[::-1]):
            before = np.concatenate([h, x])
            h = 1 / (1 + np.exp(-self.synapse_0 @ x - self.synapse_h @ h))
            d_state = np.tensordot(self.synapse_h, d_state, 1)
            d_state[unit, unit] += before
            d_state *= (h * (1 - h))[:, None, None]
            y = 1 / (1 + np.exp(-self.synapse_1[0] @ h))
            delta = (y - target) * y * (1 - y)
            gradient += np.tensordot(delta * self.synapse_1[0], d_state, 1)
            g1 += delta * h
            outputs.append(y)
        self.synapse_h -= alpha * gradient[:, :H]
        self.synapse_0 -= alpha * gradient[:, H:]
        self.synapse_1 -= alpha * g1
        y = np.array(outputs[::-1])
        return y.round().astype(np.int8), np.array([np.abs(c - y).sum()])
