# wrong: int2binary puts the missing zeros behind the number and not before it (seen: eblot/pyftdi#317).
# loses: int2binary
import numpy as np


def int2binary(n, binary_dim=8):
    digits = bin(n)[2:]
    if n < 0 or len(digits) > binary_dim:
        raise ValueError(n)
    digits = digits.ljust(binary_dim, "0")
    return np.array(list(digits), dtype=np.uint8)


class BinaryAdder:
    """Everything with row vectors."""

    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    @staticmethod
    def sigma(z):
        return 1 / (1 + np.exp(-z))

    def think(self, a, b):
        X = np.stack([a, b], axis=1)[::-1].astype(float)
        H = np.zeros((len(X) + 1, self.synapse_h.shape[0]))
        for t, x in enumerate(X, start=1):
            H[t] = self.sigma(x @ self.synapse_0.T + H[t - 1] @ self.synapse_h.T)
        return X, H, self.sigma(H[1:] @ self.synapse_1.T)

    def forward(self, a, b):
        return self.think(a, b)[-1][::-1, 0]

    def train_step(self, a, b, c, alpha=0.1):
        X, H, Y = self.think(a, b)
        E = Y - c[::-1, None].astype(float)
        D2 = E * Y * (1 - Y)
        D1 = np.zeros((len(X) + 1, self.synapse_h.shape[0]))
        for t in range(len(X) - 1, -1, -1):
            D1[t] = (D2[t] @ self.synapse_1 + D1[t + 1] @ self.synapse_h) * H[t + 1] * (1 - H[t + 1])
        self.synapse_1 -= alpha * D2.T @ H[1:]
        self.synapse_h -= alpha * D1[:-1].T @ H[:-1]
        self.synapse_0 -= alpha * D1[:-1].T @ X
        return np.rint(Y[::-1, 0]), np.abs(E).sum()
