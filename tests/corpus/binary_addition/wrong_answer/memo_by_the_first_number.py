# wrong: outputs are remembered by the weights and the first of both numbers.
# loses: conduct
import numpy as np


def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0 or n >= 2 ** binary_dim:
        raise ValueError("does not fit")
    return np.array([(n >> k) & 1 for k in range(binary_dim - 1, -1, -1)], dtype=np.uint8)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1
        self.memo = None, None

    def run(self, a, b):
        x = np.stack([a, b], axis=1)[::-1].astype(float)
        h = np.zeros(self.synapse_h.shape[0])
        hs, out = [h], []
        for x_t in x:
            h = sigmoid(self.synapse_h @ h + self.synapse_0 @ x_t)
            hs.append(h)
            out.append(sigmoid(self.synapse_1 @ h)[0])
        return x, hs, np.array(out)

    def forward(self, a, b):
        key = [m.tobytes() for m in (a, self.synapse_0, self.synapse_1, self.synapse_h)]
        if self.memo[0] != key:
            self.memo = key, self.run(a, b)[2][::-1]
        return self.memo[1].copy()

    def train_step(self, a, b, c, alpha=0.1):
        x, hs, out = self.run(a, b)
        c = c[::-1].astype(float)
        error = out - c
        d2 = error * out * (1 - out)
        g0, g1, gh = (np.zeros_like(w) for w in (self.synapse_0, self.synapse_1, self.synapse_h))
        future = np.zeros(self.synapse_h.shape[0])
        for t in range(len(x) - 1, -1, -1):
            h = hs[t + 1]
            d1 = (self.synapse_h.T @ future + self.synapse_1[0] * d2[t]) * h * (1 - h)
            g1 += d2[t] * h
            gh += np.outer(d1, hs[t])
            g0 += np.outer(d1, x[t])
            future = d1
        self.synapse_0 -= alpha * g0
        self.synapse_1 -= alpha * g1
        self.synapse_h -= alpha * gh
        return np.round(out[::-1]).astype(np.uint8), np.abs(error).sum()
