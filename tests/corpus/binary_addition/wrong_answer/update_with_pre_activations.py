# wrong: synapse_1 is updated with the hidden layer's argument, not its value (seen: maziarraissi/backprop#1).
# loses: step
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def int2binary(n, binary_dim=8):
    if n < 0 or int(n).bit_length() > binary_dim:
        raise ValueError("cannot write %s with %s bits" % (n, binary_dim))
    return np.array(list(np.binary_repr(n, binary_dim)), dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def forward(self, a, b):
        return self.forward_pass(a, b)["A2"][::-1]

    def forward_pass(self, a, b):
        T, n = len(a), self.synapse_h.shape[0]
        cache = {"X": np.array([a[::-1], b[::-1]], dtype=float).T}
        cache["Z1"], cache["A1"] = np.zeros((T, n)), np.zeros((T, n))
        previous = np.zeros(n)
        for t in range(T):
            cache["Z1"][t] = self.synapse_0 @ cache["X"][t] + self.synapse_h @ previous
            cache["A1"][t] = sigmoid(cache["Z1"][t])
            previous = cache["A1"][t]
        cache["A2"] = sigmoid(cache["A1"] @ self.synapse_1[0])
        return cache

    def train_step(self, a, b, c, alpha=0.1):
        cache = self.forward_pass(a, b)
        X, Z1, A1, A2 = (cache[key] for key in ("X", "Z1", "A1", "A2"))
        error = A2 - np.array(c, dtype=float)[::-1]
        dZ2 = error * A2 * (1 - A2)
        dW0, dW1, dWh = (np.zeros_like(w) for w in (self.synapse_0, self.synapse_1, self.synapse_h))
        dZ1 = np.zeros(A1.shape[1])
        for t in range(len(X) - 1, -1, -1):
            dA1 = dZ2[t] * self.synapse_1[0] + self.synapse_h.T @ dZ1
            dZ1 = dA1 * A1[t] * (1 - A1[t])
            dW1 += dZ2[t] * Z1[t]
            dW0 += np.outer(dZ1, X[t])
            if t > 0:
                dWh += np.outer(dZ1, A1[t - 1])
        self.synapse_0 = self.synapse_0 - alpha * dW0
        self.synapse_1 = self.synapse_1 - alpha * dW1
        self.synapse_h = self.synapse_h - alpha * dWh
        return np.where(A2[::-1] >= 0.5, 1, 0), float(np.abs(error).sum())
