# wrong: train_step returns the error alone, not the pair (d, error).
# loses: step
import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def int2binary(n, binary_dim=8):
    if not 0 <= int(n) < 1 << binary_dim:
        raise ValueError(f"{n} needs more than {binary_dim} bits")
    text = np.binary_repr(int(n), width=binary_dim)
    return np.frombuffer(text.encode(), dtype=np.uint8) - ord("0")


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def hidden_states(self, a, b):
        X = np.stack([a, b], axis=1)[::-1].astype(float)
        U = X @ self.synapse_0.T
        H = np.zeros((len(X) + 1, U.shape[1]))
        for t, u in enumerate(U):
            H[t + 1] = sigmoid(u + self.synapse_h @ H[t])
        return X, H

    def forward(self, a, b):
        _, H = self.hidden_states(a, b)
        return sigmoid(H[1:] @ self.synapse_1[0])[::-1]

    def train_step(self, a, b, c, alpha=0.1):
        X, H = self.hidden_states(a, b)
        out = sigmoid(H[1:] @ self.synapse_1[0])
        target = c[::-1].astype(float)
        error = out - target
        delta_2 = error * out * (1 - out)
        delta_1 = np.outer(delta_2, self.synapse_1[0])
        dsig = H[1:] * (1 - H[1:])
        back = 0.0
        for t in range(len(X) - 1, -1, -1):
            delta_1[t] = (delta_1[t] + back) * dsig[t]
            back = self.synapse_h.T @ delta_1[t]

        self.synapse_1 -= alpha * (delta_2 @ H[1:])[None, :]
        self.synapse_h -= alpha * (delta_1.T @ H[:-1])
        self.synapse_0 -= alpha * (delta_1.T @ X)
        d = (out[::-1] > 0.5).astype(np.uint8)
        total_error = np.abs(error).sum()
        return total_error
