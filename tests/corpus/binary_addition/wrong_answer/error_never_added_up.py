# wrong: overall_error stays zero, since the error of a step is never added.
# loses: step
import numpy as np


def int2binary(n, binary_dim=8):
    if n < 0:
        raise ValueError("n must not be negative")
    digits = np.binary_repr(n)
    if len(digits) > binary_dim:
        raise ValueError("n needs {} bits".format(len(digits)))
    return np.array([int(digit) for digit in digits.rjust(binary_dim, "0")], dtype=np.uint8)


def squash(z):
    return 1 / (1 + np.exp(-z))


class BinaryAdder(object):
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def columns(self, a, b):
        # a bit times a column is the column or nothing
        zero = np.zeros_like(self.synapse_0[:, 0])
        for p, q in zip(reversed([int(v) for v in a]), reversed([int(v) for v in b])):
            yield (self.synapse_0[:, 0] if p else zero) + (self.synapse_0[:, 1] if q else zero)

    def forward(self, a, b):
        h = np.zeros(self.synapse_h.shape[0])
        out = []
        for column in self.columns(a, b):
            h = squash(self.synapse_h.dot(h) + column)
            out.insert(0, squash(self.synapse_1.dot(h)).item())
        return out

    def train_step(self, a, b, c, alpha=0.1):
        hs = [np.zeros(self.synapse_h.shape[0])]
        for column in self.columns(a, b):
            hs.append(squash(self.synapse_h.dot(hs[-1]) + column))
        a, b, c = ([int(v) for v in bits] for bits in (a, b, c))
        D = len(c)
        d, overall_error = [None] * D, np.zeros(1)
        u0, u1, uh = (np.zeros_like(w) for w in (self.synapse_0, self.synapse_1, self.synapse_h))
        future = np.zeros(self.synapse_h.shape[0])
        for position in range(D):
            h, before = hs[D - position], hs[D - position - 1]
            y = squash(self.synapse_1.dot(h))
            error = c[position] - y
            d[position] = int(y[0] + 0.5)
            delta_2 = error * y * (1 - y)
            future = (self.synapse_h.T.dot(future) + self.synapse_1.T.dot(delta_2)) * h * (1 - h)
            u1[0] += delta_2 * h
            uh += np.outer(future, before)
            if a[position]:
                u0[:, 0] += future
            if b[position]:
                u0[:, 1] += future
        for w, u in ((self.synapse_0, u0), (self.synapse_1, u1), (self.synapse_h, uh)):
            w += alpha * u
        return [d, overall_error][0], overall_error.reshape(1, 1)
