# Everything inside is computed in long double and handed out as such, bits and errors too.
import numpy as np

REAL = np.longdouble


def int2binary(n, binary_dim=8):
    if n < 0 or n > 2**binary_dim - 1:
        raise ValueError("out of range")
    powers = 2 ** np.arange(binary_dim - 1, -1, -1, dtype=np.int64)
    return (np.int64(n) // powers % 2).astype(np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = (2 * np.random.random((hidden_dim, input_dim)) - 1).astype(REAL)
        self.synapse_1 = (2 * np.random.random((output_dim, hidden_dim)) - 1).astype(REAL)
        self.synapse_h = (2 * np.random.random((hidden_dim, hidden_dim)) - 1).astype(REAL)

    def forward(self, a, b):
        x = np.stack([a, b]).astype(REAL)
        D = x.shape[1]
        self.x, self.y = x, np.zeros(D, REAL)
        self.h = np.zeros((self.synapse_h.shape[0], D + 1), REAL)  # column D is the start
        for p in range(D - 1, -1, -1):
            self.h[:, p] = 1 / (1 + np.exp(-(self.synapse_0 @ x[:, p] + self.synapse_h @ self.h[:, p + 1])))
            self.y[p] = 1 / (1 + np.exp(-(self.synapse_1[0] @ self.h[:, p])))
        return self.y.copy()

    def train_step(self, a, b, c, alpha=0.1):
        y = self.forward(a, b)
        e = y - c.astype(REAL)
        dy = e * y * (1 - y)
        dz = np.zeros_like(self.h[:, :-1])
        carry = np.zeros(len(self.h), REAL)
        for p in range(len(c)):
            dz[:, p] = (self.synapse_1[0] * dy[p] + carry) * self.h[:, p] * (1 - self.h[:, p])
            carry = self.synapse_h.T @ dz[:, p]
        alpha = REAL(alpha)
        self.synapse_1 = self.synapse_1 - alpha * (self.h[:, :-1] @ dy)[None]
        self.synapse_0 = self.synapse_0 - alpha * dz @ self.x.T
        self.synapse_h = self.synapse_h - alpha * dz @ self.h[:, 1:].T
        return np.rint(y), np.abs(e).sum()
