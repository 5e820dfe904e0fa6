# The network is a generator that is sent its inputs; outputs are returned as a deque.
import operator
from collections import deque

import numpy as np


def int2binary(n, binary_dim=8):
    n = operator.index(n)
    if not 0 <= n < 1 << binary_dim:
        raise ValueError(f"{binary_dim} bits")
    bits = deque(maxlen=binary_dim)
    while len(bits) < binary_dim:
        bits.appendleft(n & 1)
        n >>= 1
    return np.array(bits, dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0, self.synapse_1, self.synapse_h = (
            2 * np.random.random((rows, columns)) - 1
            for rows, columns in ((hidden_dim, input_dim), (output_dim, hidden_dim), (hidden_dim, hidden_dim))
        )

    @staticmethod
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    def network(self):
        h = np.zeros(self.synapse_1.shape[1])
        seen = None
        while True:
            x = yield seen
            if x is None:
                return
            past = h
            h = self.sigmoid(self.synapse_h.dot(past) + self.synapse_0.dot(x))
            seen = x, past, h, float(self.sigmoid(self.synapse_1.dot(h))[0])

    def teacher(self):
        """Is sent (x, past, h, delta), newest step first; yields the gradients so far."""
        g = np.zeros(self.synapse_0.shape), np.zeros(self.synapse_1.shape), np.zeros(self.synapse_h.shape)
        carry = np.zeros(self.synapse_1.shape[1])
        while True:
            x, past, h, delta = yield g
            carry = (carry + delta * self.synapse_1[0]) * h * (1 - h)
            for total, (left, right) in zip(g, ((carry, x), ([delta], h), (carry, past))):
                total += np.outer(left, right)
            carry = carry.dot(self.synapse_h)

    def play(self, a, b):
        net = self.network()
        next(net)
        yield from (net.send(np.array(pair, dtype=float)) for pair in zip(a[::-1], b[::-1]))
        net.close()

    def forward(self, a, b):
        outputs = deque()
        for *_, out in self.play(a, b):
            outputs.appendleft(out)
        return outputs

    def train_step(self, a, b, c, alpha=0.1):
        steps = deque()
        for step in self.play(a, b):
            steps.appendleft(step)
        goals = [float(bit) for bit in c]
        teacher = self.teacher()
        g = next(teacher)
        for (x, past, h, out), goal in zip(steps, goals):
            g = teacher.send((x, past, h, (out - goal) * out * (1 - out)))
        self.synapse_0 -= alpha * g[0]
        self.synapse_1 -= alpha * g[1]
        self.synapse_h -= alpha * g[2]
        d = deque(1 if step[-1] > 0.5 else 0 for step in steps)
        return d, sum(abs(goal - step[-1]) for goal, step in zip(goals, steps))
