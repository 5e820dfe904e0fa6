# wrong: a weight changes by at most 1 per step (trust region), seen only with a large alpha.
# loses: step
# needs: D>40, since with weights and alphas as they are drawn a step moves a weight by little
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def int2binary(n, binary_dim=8):
    n = int(n)
    if not 0 <= n < 2**binary_dim:
        raise ValueError("n does not fit")
    return np.array([n >> i & 1 for i in reversed(range(binary_dim))], dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def run(self, a, b):
        steps, hidden = len(a), len(self.synapse_h)
        inputs = np.stack([a, b], axis=1)[::-1].astype(float)
        layer_1 = np.zeros((steps + 1, hidden))
        for t in range(steps):
            layer_1[t + 1] = sigmoid(self.synapse_h @ layer_1[t] + self.synapse_0 @ inputs[t])
        layer_2 = sigmoid(layer_1[1:] @ self.synapse_1[0])
        return inputs, layer_1, layer_2

    def forward(self, a, b):
        return self.run(a, b)[2][::-1].copy()

    def train_step(self, a, b, c, alpha=0.1):
        inputs, layer_1, layer_2 = self.run(a, b)
        steps = len(a)
        error = layer_2 - c[::-1].astype(float)
        delta_2 = error * layer_2 * (1 - layer_2)
        delta_1 = np.zeros_like(layer_1)
        for t in range(steps, 0, -1):
            down = delta_2[t - 1] * self.synapse_1[0]
            if t < steps:
                down = down + delta_1[t + 1] @ self.synapse_h
            delta_1[t] = down * layer_1[t] * (1 - layer_1[t])
        self.synapse_0 -= np.clip(alpha * delta_1[1:].T @ inputs, -1, 1)
        self.synapse_1 -= np.clip(alpha * delta_2[None] @ layer_1[1:], -1, 1)
        self.synapse_h -= np.clip(alpha * delta_1[1:].T @ layer_1[:-1], -1, 1)
        d = np.round(layer_2[::-1]).astype(np.uint8)
        return d, float(np.abs(error).sum())
