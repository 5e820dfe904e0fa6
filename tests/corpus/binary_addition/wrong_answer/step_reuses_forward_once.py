# wrong: a step takes the forward before it if the arrays are the same, though weights were loaded.
# loses: conduct
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0 or n >= 2**binary_dim:
        raise ValueError("does not fit")
    return np.array([n >> k & 1 for k in reversed(range(binary_dim))], dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.seen = None, None
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def forward(self, a, b):
        self.seen = a, b
        D, H = len(a), len(self.synapse_h)
        self.x = np.stack([a, b], axis=1)[::-1].astype(float)
        self.h = np.zeros((D + 1, H))
        self.y = np.zeros(D)
        for t in range(D):
            self.h[t + 1] = sigmoid(self.synapse_h @ self.h[t] + self.synapse_0 @ self.x[t])
            self.y[t] = sigmoid(self.synapse_1[0] @ self.h[t + 1])
        return self.y[::-1].copy()

    def train_step(self, a, b, c, alpha=0.1):
        if self.seen[0] is not a or self.seen[1] is not b:  # else forward was called just now
            self.forward(a, b)
        self.seen = None, None
        target = np.asarray(c, float)[::-1]
        error = self.y - target
        d0, d1, dh = (np.zeros_like(w) for w in (self.synapse_0, self.synapse_1, self.synapse_h))
        carried = np.zeros(len(self.synapse_h))
        for t in reversed(range(len(target))):
            delta_2 = error[t] * self.y[t] * (1 - self.y[t])
            h = self.h[t + 1]
            delta_1 = (self.synapse_1[0] * delta_2 + carried) * h * (1 - h)
            d1 += delta_2 * h
            d0 += np.outer(delta_1, self.x[t])
            dh += np.outer(delta_1, self.h[t])
            carried = self.synapse_h.T @ delta_1
        d = np.round(self.y[::-1]).astype(np.uint8)
        overall_error = np.abs(error).sum()
        self.synapse_0 -= alpha * d0
        self.synapse_1 -= alpha * d1
        self.synapse_h -= alpha * dh
        return d, overall_error
