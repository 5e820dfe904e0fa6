# wrong: the state before step 1 is taken with index -1, which is the last state, not zero.
# loses: step
# Adding with a recurrent network
import numpy as np


def int2binary(n, binary_dim=8):
    value = int(n)
    if not 0 <= value < (1 << binary_dim):
        raise ValueError(f"{value} needs other than {binary_dim} bits")
    return np.array(list(np.binary_repr(value, binary_dim)), dtype=np.uint8)


def logistic(z):
    return np.tanh(z / 2) / 2 + 0.5


def walk(s0, s1, sh, a, b):
    """The hidden vectors and the outputs in the order of time."""
    hidden, out = [], []
    h = np.zeros(sh.shape[0])
    for bits in zip(a[::-1], b[::-1]):
        h = logistic(sh.dot(h) + s0.dot(bits))
        hidden.append(h)
        out.append(float(logistic(s1[0].dot(h))))
    return hidden, out


def walk_back(s0, s1, sh, a, b, hidden, deltas):
    g0, g1, gh = np.zeros_like(s0), np.zeros_like(s1), np.zeros_like(sh)
    later = np.zeros(sh.shape[0])
    a_time, b_time = a[::-1], b[::-1]
    for t in range(len(hidden) - 1, -1, -1):
        h = hidden[t]
        before = hidden[t - 1]
        dz = (deltas[t] * s1[0] + later) * h * (1 - h)
        g1[0] += deltas[t] * h
        g0 += np.outer(dz, [a_time[t], b_time[t]])
        gh += np.outer(dz, before)
        later = sh.T.dot(dz)
    return g0, g1, gh


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def forward(self, a, b):
        _, out = walk(self.synapse_0, self.synapse_1, self.synapse_h, a, b)
        return np.array(out[::-1])

    def train_step(self, a, b, c, alpha=0.1):
        weights = self.synapse_0, self.synapse_1, self.synapse_h
        hidden, out = walk(*weights, a, b)
        errors = [o - float(bit) for o, bit in zip(out, c[::-1])]
        deltas = [e * o * (1 - o) for e, o in zip(errors, out)]
        gradients = walk_back(*weights, a, b, hidden, deltas)
        for weight, gradient in zip(weights, gradients):
            weight -= alpha * gradient
        d = [int(o > 0.5) for o in reversed(out)]
        return d, sum(abs(e) for e in errors)
