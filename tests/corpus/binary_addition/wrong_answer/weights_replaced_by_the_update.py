# wrong: the weights are set to the step and not moved by it (seen: itdxer/neupy#218).
# loses: step
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def int2binary(n, binary_dim=8):
    n = int(n)
    if not 0 <= n < 1 << binary_dim:
        raise ValueError("%d bits are not enough" % binary_dim)
    out = np.zeros(binary_dim, np.uint8)
    for i in range(1, binary_dim + 1):
        n, out[-i] = divmod(n, 2)
    return out


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def forward(self, a, b):
        return self.passes(a, b)[1]

    def passes(self, a, b):
        states = [np.zeros((self.synapse_h.shape[0], 1))]
        outputs = []
        for i in reversed(range(len(a))):
            x = np.array([[a[i]], [b[i]]])
            h = sigmoid(np.dot(self.synapse_0, x) + np.dot(self.synapse_h, states[-1]))
            states.append(h)
            outputs.insert(0, sigmoid(np.dot(self.synapse_1, h))[0, 0])
        return states, np.array(outputs)

    def train_step(self, a, b, c, alpha=0.1):
        states, layer_2 = self.passes(a, b)
        error = layer_2 - c
        delta_2 = error * layer_2 * (1 - layer_2)
        d_0 = np.zeros_like(self.synapse_0)
        d_1 = np.zeros_like(self.synapse_1)
        d_h = np.zeros_like(self.synapse_h)
        delta_1 = np.zeros_like(states[0])
        for i in range(len(a)):
            h, h_before = states[len(a) - i], states[len(a) - i - 1]
            delta_1 = (self.synapse_1.T * delta_2[i] + self.synapse_h.T @ delta_1) * h * (1 - h)
            d_0 += delta_1 * np.array([a[i], b[i]])
            d_1 += delta_2[i] * h.T
            d_h += delta_1 @ h_before.T
        self.synapse_0 = -alpha * d_0
        self.synapse_1 = -alpha * d_1
        self.synapse_h = -alpha * d_h
        return layer_2.round(), np.abs(error).sum()
