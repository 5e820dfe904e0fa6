# wrong: synapse_h is updated inside of the loop over time, so earlier steps are reached through changed weights.
# loses: step
import math
import operator
import numpy as np


def int2binary(n, binary_dim=8):
    n = operator.index(n)
    if n < 0 or n.bit_length() > binary_dim:
        raise ValueError(n)
    out = []
    for _ in range(binary_dim):
        n, bit = divmod(n, 2)
        out.insert(0, bit)
    return np.array(out, np.uint8)


def build():
    def fn(z):
        z = np.asarray(z, float)
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

    def slope(s):
        return s * (1 - s)

    return fn, slope


sigmoid, slope = build()


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        rand = np.random.random
        self.synapse_0 = rand((hidden_dim, input_dim)) * 2 - 1
        self.synapse_1 = rand((output_dim, hidden_dim)) * 2 - 1
        self.synapse_h = rand((hidden_dim, hidden_dim)) * 2 - 1

    def _forward(self, a, b):
        D = len(a)
        state = {-1: np.zeros((self.synapse_h.shape[0], 1))}
        x, out = {}, {}
        for k in range(D):
            j = D - 1 - k
            x[k] = np.array([a[j], b[j]], float).reshape(2, 1)
            state[k] = sigmoid(self.synapse_0 @ x[k] + self.synapse_h @ state[k - 1])
            out[k] = sigmoid(self.synapse_1 @ state[k]).item()
        return x, state, out

    def forward(self, a, b):
        out = self._forward(a, b)[2]
        return np.array([out[k] for k in sorted(out, reverse=True)])

    def train_step(self, a, b, c, alpha=0.1):
        x, state, out = self._forward(a, b)
        D = len(out)
        bits = {k: int(c[D - 1 - k]) for k in range(D)}
        overall_error = math.fsum(abs(bits[k] - out[k]) for k in range(D))
        d = np.array([out[D - 1 - j] >= 0.5 for j in range(D)]).astype(np.uint8)

        g0, g1 = (np.zeros(w.shape) for w in (self.synapse_0, self.synapse_1))
        from_later = np.zeros_like(state[-1])
        for k in range(D - 1, -1, -1):
            e2 = (out[k] - bits[k]) * slope(out[k])
            g1 += e2 * state[k].T
            e1 = (self.synapse_1.T * e2 + from_later) * slope(state[k])
            g0 += e1 @ x[k].T
            self.synapse_h -= alpha * (e1 @ state[k - 1].T)
            from_later = self.synapse_h.T @ e1
        for w, g in ((self.synapse_0, g0), (self.synapse_1, g1)):
            np.subtract(w, alpha * g, out=w)
        return d, overall_error
