# wrong: np.unpackbits is given uint32, it takes uint8 only (seen: https://stackoverflow.com/questions/48912471).
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def int2binary(n, binary_dim=8):
    if not 0 <= n < 2**binary_dim:
        raise ValueError(f"{n} needs more than {binary_dim} bits")
    # uint8 is too small for more than eight bits
    bits = np.unpackbits(np.array([n], dtype=np.uint32))
    return bits[-binary_dim:]


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def _run(self, a, b):
        xs = [np.array([p, q], dtype=float) for p, q in zip(a[::-1], b[::-1])]
        hs, ys = [np.zeros(self.synapse_h.shape[0])], []
        for x in xs:
            hs.append(sigmoid(self.synapse_0 @ x + self.synapse_h @ hs[-1]))
            ys.append(sigmoid(self.synapse_1 @ hs[-1])[0])
        return xs, hs, ys

    def forward(self, a, b):
        return np.array(self._run(a, b)[2][::-1])

    def train_step(self, a, b, c, alpha=0.1):
        xs, hs, ys = self._run(a, b)
        targets = [float(bit) for bit in c[::-1]]
        g0, g1, gh = (np.zeros_like(w) for w in (self.synapse_0, self.synapse_1, self.synapse_h))
        later = np.zeros(self.synapse_h.shape[0])
        for t in reversed(range(len(xs))):
            out = (ys[t] - targets[t]) * ys[t] * (1 - ys[t])
            here = (self.synapse_1[0] * out + self.synapse_h.T @ later) * hs[t + 1] * (1 - hs[t + 1])
            g1 += out * hs[t + 1]
            g0 += np.outer(here, xs[t])
            gh += np.outer(here, hs[t])
            later = here
        self.synapse_0 -= alpha * g0
        self.synapse_1 -= alpha * g1
        self.synapse_h -= alpha * gh
        d = np.array([1 if y > 0.5 else 0 for y in ys[::-1]])
        return d, sum(abs(y - target) for y, target in zip(ys, targets))
