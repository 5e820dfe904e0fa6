# wrong: forward returns the outputs in the order of time, the last bit first.
# loses: forward
import numpy as np


def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0 or n >= 2 ** binary_dim:
        raise ValueError("does not fit")
    bits = np.zeros(binary_dim, dtype=np.uint8)
    for i in range(binary_dim):
        bits[binary_dim - 1 - i] = n % 2
        n //= 2
    return bits


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_grad(out):
    return out * (1 - out)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.hidden_dim = hidden_dim
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def run(self, a, b):
        D = len(a)
        hidden = [np.zeros((self.hidden_dim, 1))]
        outs = []
        for k in range(D):
            X = np.array([[a[D - 1 - k]], [b[D - 1 - k]]], dtype=float)
            h = sigmoid(self.synapse_0 @ X + self.synapse_h @ hidden[-1])
            o = sigmoid(self.synapse_1 @ h)
            hidden.append(h)
            outs.append(o[0, 0])
        return hidden, outs

    def forward(self, a, b):
        hidden, outs = self.run(a, b)
        return np.array(outs)

    def train_step(self, a, b, c, alpha=0.1):
        D = len(a)
        hidden, outs = self.run(a, b)
        g0 = np.zeros_like(self.synapse_0)
        g1 = np.zeros_like(self.synapse_1)
        gh = np.zeros_like(self.synapse_h)
        future = np.zeros((self.hidden_dim, 1))
        overall_error = 0.0
        d = np.zeros(D, dtype=np.uint8)
        for k in range(D - 1, -1, -1):
            pos = D - 1 - k
            X = np.array([[a[pos]], [b[pos]]], dtype=float)
            err = outs[k] - float(c[pos])
            overall_error += abs(err)
            d[pos] = round(outs[k])
            delta2 = err * sigmoid_grad(outs[k])
            delta1 = (self.synapse_h.T @ future + self.synapse_1.T * delta2) * sigmoid_grad(hidden[k + 1])
            g1 += delta2 * hidden[k + 1].T
            gh += delta1 @ hidden[k].T
            g0 += delta1 @ X.T
            future = delta1
        self.synapse_0 -= alpha * g0
        self.synapse_1 -= alpha * g1
        self.synapse_h -= alpha * gh
        return d, overall_error
