# wrong: the whole gradient is subtracted, alpha is never read (seen: aimacode/aima-python#285).
# loses: step
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def int2binary(n, binary_dim=8):
    if n < 0 or n >= 2**binary_dim:
        raise ValueError("n does not fit")
    return np.array([c == "1" for c in f"{n:0{binary_dim}b}"]).astype(np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def forward(self, a, b):
        h = np.zeros(self.synapse_h.shape[0])
        y = np.zeros(len(a))
        for k in range(len(a))[::-1]:
            h = sigmoid(self.synapse_h.dot(h) + self.synapse_0.dot([a[k], b[k]]))
            y[k] = sigmoid(self.synapse_1.dot(h))[0]
        return y

    def train_step(self, a, b, c, alpha=0.1):
        n = len(a)
        h = np.zeros((n + 1, self.synapse_h.shape[0]))  # h[k] after bit k, h[n] before all
        for k in range(n)[::-1]:
            h[k] = sigmoid(self.synapse_h.dot(h[k + 1]) + self.synapse_0.dot([a[k], b[k]]))
        y = sigmoid(h[:n].dot(self.synapse_1[0]))
        err = y - c
        dy = err * y * (1 - y)
        dh = np.zeros_like(h)  # dh[k] belongs to h[k]
        back = np.zeros(h.shape[1])
        for k in range(n):
            dh[k] = (dy[k] * self.synapse_1[0] + back) * h[k] * (1 - h[k])
            back = dh[k].dot(self.synapse_h)
        self.synapse_0 -= dh[:n].T.dot(np.array([a, b]).T)
        self.synapse_1 -= dy.dot(h[:n])
        self.synapse_h -= dh[:n].T.dot(h[1:])
        return np.round(y), np.sum(np.abs(err))
