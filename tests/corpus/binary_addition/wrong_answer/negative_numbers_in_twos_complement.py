# wrong: negative numbers give two's complement instead of ValueError.
# loses: int2binary
"""All steps at once, D times over: after k sweeps the first k states are final, and in the
backward pass the last k adjoints, since both dependences are nilpotent."""
import numpy as np


def int2binary(n, binary_dim=8):
    n = int(n)
    if n.bit_length() > binary_dim:
        raise ValueError("%d needs other than %d bits" % (n, binary_dim))
    return np.unpackbits(np.frombuffer((n % 2**32).to_bytes(4, "big"), np.uint8))[32 - binary_dim :]


def sigmoid(z):
    return 0.5 * (1.0 + np.tanh(0.5 * z))


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        draw = np.random.random
        self.synapse_0 = draw((hidden_dim, input_dim)) * 2 - 1
        self.synapse_1 = draw((output_dim, hidden_dim)) * 2 - 1
        self.synapse_h = draw((hidden_dim, hidden_dim)) * 2 - 1

    def sweep(self, a, b):
        # columns are steps, in the order of the bits: the former state is one column to the right
        X = np.array([a, b], float)
        D = X.shape[1]
        drive = self.synapse_0 @ X
        layer_1 = np.zeros((len(drive), D + 1))
        for _ in range(D):
            layer_1[:, :D] = sigmoid(drive + self.synapse_h @ layer_1[:, 1:])
        return X, layer_1, sigmoid(self.synapse_1 @ layer_1[:, :D])

    def forward(self, a, b):
        return self.sweep(a, b)[-1].ravel()

    def train_step(self, a, b, c, alpha=0.1):
        X, layer_1, layer_2 = self.sweep(a, b)
        now, former = layer_1[:, :-1], layer_1[:, 1:]
        error = layer_2 - c
        delta_2 = error * layer_2 * (1 - layer_2)
        direct = self.synapse_1.T @ delta_2
        steep = now * (1 - now)
        delta_1 = np.zeros((len(now), X.shape[1] + 1))
        for _ in range(X.shape[1]):
            delta_1[:, 1:] = steep * (direct + self.synapse_h.T @ delta_1[:, :-1])
        delta_1 = delta_1[:, 1:]
        self.synapse_0[...] -= alpha * (delta_1 @ X.T)
        self.synapse_h[...] -= alpha * (delta_1 @ former.T)
        self.synapse_1[...] -= alpha * (delta_2 @ now.T)
        return [np.round(layer_2[0]).astype(np.int64), np.abs(error).sum(keepdims=True)]
