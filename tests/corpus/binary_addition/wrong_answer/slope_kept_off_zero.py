# wrong: where the sigmoid is flat its slope is kept at 1e-9.
# loses: step
import numpy as np


def int2binary(n, binary_dim=8):
    if not 0 <= n < 1 << binary_dim:
        raise ValueError("does not fit")
    return (int(n) >> np.arange(binary_dim)[::-1] & 1).astype(np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        shapes = [(hidden_dim, input_dim), (output_dim, hidden_dim), (hidden_dim, hidden_dim)]
        self.synapse_0, self.synapse_1, self.synapse_h = [
            2 * np.random.random(shape) - 1 for shape in shapes
        ]

    def _run(self, a, b):
        x = np.array([a, b], dtype=float)[:, ::-1]
        h = np.zeros((len(a) + 1, self.synapse_h.shape[0]))
        z = np.einsum("hi,it->th", self.synapse_0, x)
        for t in range(len(a)):
            h[t + 1] = 1 / (1 + np.exp(-z[t] - np.einsum("hg,g->h", self.synapse_h, h[t])))
        y = 1 / (1 + np.exp(-np.einsum("oh,th->to", self.synapse_1, h[1:])))
        return x, h, y

    def forward(self, a, b):
        return self._run(a, b)[2][::-1, 0]

    def train_step(self, a, b, c, alpha=0.1):
        x, h, y = self._run(a, b)
        error = y - np.asarray(c, float)[::-1, None]
        d_y = error * y * (1 - y)
        d_h = np.einsum("to,oh->th", d_y, self.synapse_1)
        slope = np.maximum(h[1:] * (1 - h[1:]), 1e-9)
        d_z = np.zeros_like(d_h)
        d_z[-1] = d_h[-1] * slope[-1]
        for t in range(len(c) - 2, -1, -1):
            d_z[t] = (d_h[t] + np.einsum("hg,h->g", self.synapse_h, d_z[t + 1])) * slope[t]
        self.synapse_0 -= alpha * np.einsum("th,it->hi", d_z, x)
        self.synapse_1 -= alpha * np.einsum("to,th->oh", d_y, h[1:])
        self.synapse_h -= alpha * np.einsum("th,tg->hg", d_z, h[:-1])
        return np.rint(y[::-1, 0]), np.abs(error).sum()
