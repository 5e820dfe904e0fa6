# wrong: the updates of synapse_0 are kept in an array like the bits, which cuts them to whole numbers.
# loses: step
import math
import numpy


def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0:
        raise ValueError("negative")
    digits = []
    for _ in range(binary_dim):
        digits.append(n & 1)
        n >>= 1
    if n:
        raise ValueError("too large")
    return numpy.array(digits[::-1], dtype="uint8")


def sigmoid(z):
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    e = math.exp(z)
    return e / (1.0 + e)


def draw(rows, columns):
    return [[2 * numpy.random.random() - 1 for _ in range(columns)] for _ in range(rows)]


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.H = hidden_dim
        self.synapse_0 = draw(hidden_dim, input_dim)
        self.synapse_1 = draw(output_dim, hidden_dim)
        self.synapse_h = draw(hidden_dim, hidden_dim)

    def _weights(self):
        def plain(w):
            return [[float(v) for v in row] for row in w]

        return plain(self.synapse_0), plain(self.synapse_1)[0], plain(self.synapse_h)

    def _states(self, a, b):
        w0, w1, wh = self._weights()
        h = [0.0] * self.H
        states, outputs = [h], []
        for p, q in zip([int(v) for v in a][::-1], [int(v) for v in b][::-1]):
            new = []
            for i in range(self.H):
                total = w0[i][0] * p + w0[i][1] * q
                for j in range(self.H):
                    total += wh[i][j] * h[j]
                new.append(sigmoid(total))
            h = new
            states.append(h)
            outputs.append(sigmoid(sum(w1[i] * h[i] for i in range(self.H))))
        return states, outputs

    def forward(self, a, b):
        return self._states(a, b)[1][::-1]

    def train_step(self, a, b, c, alpha=0.1):
        H = self.H
        w0, w1, wh = self._weights()
        states, outputs = self._states(a, b)
        inputs = [(int(p), int(q)) for p, q in zip(a, b)][::-1]
        targets = [int(v) for v in c][::-1]
        g0 = numpy.zeros((H, 2), dtype="int64")
        g1 = [0.0] * H
        gh = [[0.0] * H for _ in range(H)]
        future = [0.0] * H
        for t in reversed(range(len(targets))):
            y = outputs[t]
            delta_out = (y - targets[t]) * y * (1 - y)
            h, before = states[t + 1], states[t]
            delta = []
            for i in range(H):
                total = w1[i] * delta_out
                for j in range(H):
                    total += wh[j][i] * future[j]
                delta.append(total * h[i] * (1 - h[i]))
            for i in range(H):
                g1[i] += delta_out * h[i]
                g0[i][0] += delta[i] * inputs[t][0]
                g0[i][1] += delta[i] * inputs[t][1]
                row, d = gh[i], delta[i]
                for j in range(H):
                    row[j] += d * before[j]
            future = delta
        for i in range(H):
            for j in range(2):
                self.synapse_0[i][j] -= alpha * g0[i][j]
            self.synapse_1[0][i] -= alpha * g1[i]
            for j in range(H):
                self.synapse_h[i][j] -= alpha * gh[i][j]
        d = [1 if y > 0.5 else 0 for y in outputs][::-1]
        return d, sum(abs(t - y) for t, y in zip(targets, outputs))
