# A tape of scalar operations written from scratch; the loss is built as the formula says and walked back.
import math
import numpy as np


class Tape:
    def __init__(self):
        self.value, self.inputs = [], []

    def leaf(self, value):
        self.value.append(float(value))
        self.inputs.append(())
        return len(self.value) - 1

    def weighted_sum(self, pairs):
        v = self.value
        self.inputs.append([edge for p, q in pairs for edge in ((p, v[q]), (q, v[p]))])
        v.append(sum(v[p] * v[q] for p, q in pairs))
        return len(v) - 1

    def sigmoid(self, node):
        s = 1 / (1 + math.exp(-self.value[node]))
        self.value.append(s)
        self.inputs.append([(node, s * (1 - s))])
        return len(self.value) - 1

    def half_square(self, node, target):
        self.value.append(0.5 * (self.value[node] - target) ** 2)
        self.inputs.append([(node, self.value[node] - target)])
        return len(self.value) - 1

    def gradients(self, roots):
        grad = [0.0] * len(self.value)
        for root in roots:
            grad[root] = 1.0
        for node in range(len(grad) - 1, -1, -1):
            g = grad[node]
            if g:
                for before, factor in self.inputs[node]:
                    grad[before] += g * factor
        return grad


def int2binary(n, binary_dim=8):
    n = int(n)
    if n.bit_length() > binary_dim or n < 0:
        raise ValueError(n)
    return np.array(list(format(n, "0{}b".format(binary_dim))), dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = np.random.random((hidden_dim, input_dim)) * 2 - 1
        self.synapse_1 = np.random.random((output_dim, hidden_dim)) * 2 - 1
        self.synapse_h = np.random.random((hidden_dim, hidden_dim)) * 2 - 1

    def _graph(self, a, b):
        tape = Tape()
        w0, w1, wh = ([[tape.leaf(v) for v in row] for row in w.tolist()]
                      for w in (self.synapse_0, self.synapse_1, self.synapse_h))
        state = [tape.leaf(0) for _ in wh]
        outputs = []
        for bits in zip(a[::-1].tolist(), b[::-1].tolist()):
            x = [tape.leaf(bit) for bit in bits]
            state = [tape.sigmoid(tape.weighted_sum([*zip(r0, x), *zip(rh, state)]))
                     for r0, rh in zip(w0, wh)]
            outputs.append(tape.sigmoid(tape.weighted_sum([*zip(w1[0], state)])))
        return tape, (w0, w1, wh), outputs

    def forward(self, a, b):
        tape, _, outputs = self._graph(a, b)
        return np.array([tape.value[o] for o in outputs[::-1]])

    def train_step(self, a, b, c, alpha=0.1):
        tape, weights, outputs = self._graph(a, b)
        y = np.array([tape.value[o] for o in outputs[::-1]])
        losses = [tape.half_square(o, t) for o, t in zip(outputs, c[::-1].tolist())]
        grad = tape.gradients(losses)
        for array, nodes in zip((self.synapse_0, self.synapse_1, self.synapse_h), weights):
            array -= alpha * np.array([[grad[n] for n in row] for row in nodes])
        return (y >= 0.5).astype(np.uint8), float(np.abs(y - c).sum())
