# wrong: the bytes of a uint32 are unpacked as they lie in memory, the lowest first (seen: https://stackoverflow.com/questions/48912471).
# loses: int2binary
import numpy as np

BITS = 32


def int2binary(n, binary_dim=8):
    if n < 0 or n > 2**binary_dim - 1:
        raise ValueError("out of range: " + str(n))
    number = np.array([n], dtype=np.uint32)
    as_bytes = number.view(np.uint8)
    return np.unpackbits(as_bytes)[BITS - binary_dim :]


def logistic(z):
    return 1.0 / (1.0 + np.exp(-z))


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        shapes = ((hidden_dim, input_dim), (output_dim, hidden_dim), (hidden_dim, hidden_dim))
        self.synapse_0, self.synapse_1, self.synapse_h = [2 * np.random.random(s) - 1 for s in shapes]

    def forward(self, a, b):
        self_h = np.zeros((self.synapse_h.shape[0], 1))
        result = np.empty(len(a))
        for i in range(len(a) - 1, -1, -1):
            bits = np.array([[float(a[i])], [float(b[i])]])
            self_h = logistic(self.synapse_0 @ bits + self.synapse_h @ self_h)
            result[i] = logistic(self.synapse_1 @ self_h).item()
        return result

    def train_step(self, a, b, c, alpha=0.1):
        D = len(a)
        h = {D: np.zeros((self.synapse_h.shape[0], 1))}  # h[i]: the state after reading bit i
        x, y = {}, {}
        for i in range(D - 1, -1, -1):
            x[i] = np.array([[float(a[i])], [float(b[i])]])
            h[i] = logistic(self.synapse_0 @ x[i] + self.synapse_h @ h[i + 1])
            y[i] = logistic(self.synapse_1 @ h[i]).item()
        gradients = [np.zeros_like(w) for w in (self.synapse_0, self.synapse_1, self.synapse_h)]
        above = np.zeros_like(h[D])
        for i in range(D):
            delta_2 = (y[i] - float(c[i])) * y[i] * (1 - y[i])
            delta_1 = (delta_2 * self.synapse_1.T + above) * h[i] * (1 - h[i])
            gradients[0] += delta_1 @ x[i].T
            gradients[1] += delta_2 * h[i].T
            gradients[2] += delta_1 @ h[i + 1].T
            above = self.synapse_h.T @ delta_1
        for w, g in zip((self.synapse_0, self.synapse_1, self.synapse_h), gradients):
            w -= alpha * g
        d = [int(round(y[i])) for i in range(D)]
        return d, sum(abs(float(c[i]) - y[i]) for i in range(D))
