# wrong: bits_into_an_empty_list.
# loses: step
import numpy as np


def int2binary(n, binary_dim=8):
    if n < 0 or n >= 2 ** binary_dim:
        raise ValueError("does not fit")
    bits = np.zeros(binary_dim, dtype=np.uint8)
    for i in range(binary_dim):
        bits[binary_dim - 1 - i] = (n >> i) & 1
    return bits


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.hidden_dim = hidden_dim
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def steps(self, a, b):
        hidden = [np.zeros(self.hidden_dim)]
        xs, outs = [], []
        for t in range(len(a)):
            x = np.array([a[-1 - t], b[-1 - t]])
            h = sigmoid(self.synapse_0 @ x + self.synapse_h @ hidden[-1])
            hidden.append(h)
            xs.append(x)
            outs.append(sigmoid(self.synapse_1 @ h)[0])
        return xs, hidden, outs

    def forward(self, a, b):
        return np.array(self.steps(a, b)[2])[::-1]

    def train_step(self, a, b, c, alpha=0.1):
        xs, hidden, outs = self.steps(a, b)
        u0 = np.zeros_like(self.synapse_0)
        u1 = np.zeros_like(self.synapse_1)
        uh = np.zeros_like(self.synapse_h)
        d = []
        total = 0.0
        later = np.zeros(self.hidden_dim)
        for t in reversed(range(len(c))):
            o = outs[t]
            error = o - float(c[-1 - t])
            total += abs(error)
            d[-1 - t] = round(o)
            delta_o = error * o * (1 - o)
            u1 += delta_o * hidden[t + 1]
            delta_h = (self.synapse_1[0] * delta_o + self.synapse_h.T @ later) * hidden[t + 1] * (1 - hidden[t + 1])
            u0 += np.outer(delta_h, xs[t])
            uh += np.outer(delta_h, hidden[t])
            later = delta_h
        self.synapse_0 -= alpha * u0
        self.synapse_1 -= alpha * u1
        self.synapse_h -= alpha * uh
        return d, total
