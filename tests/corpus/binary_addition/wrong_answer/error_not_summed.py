# wrong: overall_error is the array of all errors, the sum is missing.
# loses: step
import numpy as np


def int2binary(n, binary_dim=8):
    text = np.binary_repr(int(n)).zfill(binary_dim)
    if n < 0 or len(text) > binary_dim:
        raise ValueError(f"{n} does not fit into {binary_dim} bits")
    return np.array([int(ch) for ch in text], dtype=np.uint8)


def sigma(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        uniform = np.random.random
        self.synapse_0 = 2 * uniform((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * uniform((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * uniform((hidden_dim, hidden_dim)) - 1

    def hidden_states(self, X):
        hidden = np.zeros((len(X) + 1, self.synapse_h.shape[0]))
        drive = X @ self.synapse_0.T
        for t, u in enumerate(drive):
            hidden[t + 1] = sigma(self.synapse_h @ hidden[t] + u)
        return hidden

    def forward(self, a, b):
        X = np.stack([a, b], axis=1)[::-1].astype(np.float64)
        hidden = self.hidden_states(X)
        out = sigma(hidden[1:] @ self.synapse_1[0])
        return out[::-1]

    def train_step(self, a, b, c, alpha=0.1):
        X = np.stack([a, b], axis=1)[::-1].astype(np.float64)
        target = c[::-1].astype(np.float64)
        hidden = self.hidden_states(X)
        out = sigma(hidden[1:] @ self.synapse_1[0])

        err = out - target
        delta_out = err * out * (1 - out)
        slope = hidden[1:] * (1 - hidden[1:])
        dz = np.outer(delta_out, self.synapse_1[0])
        dz[-1] *= slope[-1]
        for t in range(len(X) - 2, -1, -1):
            dz[t] = (dz[t] + dz[t + 1] @ self.synapse_h) * slope[t]

        new_0 = self.synapse_0 - alpha * dz.T @ X
        new_1 = self.synapse_1 - alpha * (delta_out @ hidden[1:])[None, :]
        new_h = self.synapse_h - alpha * dz.T @ hidden[:-1]
        self.synapse_0, self.synapse_1, self.synapse_h = new_0, new_1, new_h
        d = (out >= 0.5).astype(np.uint8)[::-1]
        return d, np.abs(err)
