# wrong: the gradient of synapse_h alone is scaled down to the norm 10.
# loses: step, trajectory, learning, conduct
# needs: D>40, since with weights as they are drawn a step adds little to the gradient of synapse_h
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0 or n >= 2 ** binary_dim:
        raise ValueError("does not fit")
    return np.array([n >> k & 1 for k in reversed(range(binary_dim))], dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.H = hidden_dim
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def run(self, a, b):
        h = np.zeros((self.H, 1))
        self.hs = [h]
        self.xs = []
        ys = []
        for k in range(len(a) - 1, -1, -1):
            x = np.array([[float(a[k])], [float(b[k])]])
            h = sigmoid(self.synapse_h @ h + self.synapse_0 @ x)
            self.xs.append(x)
            self.hs.append(h)
            ys.append(sigmoid(self.synapse_1 @ h).item())
        return ys

    def forward(self, a, b):
        return np.array(self.run(a, b)[::-1])

    def train_step(self, a, b, c, alpha=0.1):
        ys = self.run(a, b)
        D = len(a)
        target = [float(bit) for bit in c][::-1]
        g0, g1, gh = (np.zeros_like(w) for w in (self.synapse_0, self.synapse_1, self.synapse_h))
        carried = np.zeros((self.H, 1))
        for t in reversed(range(D)):
            e = ys[t] - target[t]
            d2 = e * ys[t] * (1 - ys[t])
            h = self.hs[t + 1]
            d1 = (self.synapse_1.T * d2 + carried) * h * (1 - h)
            g1 += d2 * h.T
            g0 += d1 @ self.xs[t].T
            gh += d1 @ self.hs[t].T
            carried = self.synapse_h.T @ d1
        n = np.linalg.norm(gh)
        gh = gh if n < 10 else gh * 10 / n
        self.synapse_0 -= alpha * g0
        self.synapse_1 -= alpha * g1
        self.synapse_h -= alpha * gh
        d = np.array([1 if y > 0.5 else 0 for y in ys][::-1], dtype=np.uint8)
        error = sum(abs(y - g) for y, g in zip(ys, target))
        return d, error
