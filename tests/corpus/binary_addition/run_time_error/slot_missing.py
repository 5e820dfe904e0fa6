# wrong: delta_2 is not among the __slots__ but is assigned.
import numpy as np


def int2binary(n, binary_dim=8):
    n = int(n)
    if not 0 <= n <= 2 ** binary_dim - 1:
        raise ValueError("does not fit")
    return np.array([n >> i & 1 for i in range(binary_dim)], dtype=np.uint8)[::-1]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Frame:
    __slots__ = ("x", "previous", "hidden", "out", "delta_1")

    def __init__(self, x, previous):
        self.x = x
        self.previous = previous


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        def uniform(*shape):
            return 2 * np.random.random(shape) - 1

        self.synapse_0 = uniform(hidden_dim, input_dim)
        self.synapse_1 = uniform(output_dim, hidden_dim)
        self.synapse_h = uniform(hidden_dim, hidden_dim)

    def record(self, a, b):
        frames = []
        state = np.zeros(self.synapse_h.shape[0])
        for t in range(1, len(a) + 1):
            frame = Frame(np.array([a[-t], b[-t]], dtype=float), state)
            state = sigmoid(self.synapse_h.dot(state) + self.synapse_0.dot(frame.x))
            frame.hidden = state
            frame.out = sigmoid(self.synapse_1.dot(state))[0]
            frames.append(frame)
        return frames

    def forward(self, a, b):
        return np.array([frame.out for frame in self.record(a, b)[::-1]])

    def train_step(self, a, b, c, alpha=0.1):
        frames = self.record(a, b)[::-1]
        error = 0.0
        arriving = np.zeros(self.synapse_h.shape[0])
        for frame, bit in zip(frames, c):
            miss = frame.out - bit
            error += abs(miss)
            frame.delta_2 = miss * frame.out * (1 - frame.out)
            total = arriving + frame.delta_2 * self.synapse_1[0]
            frame.delta_1 = frame.hidden * (1 - frame.hidden) * total
            arriving = self.synapse_h.T.dot(frame.delta_1)
        self.synapse_0 -= alpha * sum(np.outer(s.delta_1, s.x) for s in frames)
        self.synapse_1 -= alpha * sum(s.delta_2 * s.hidden for s in frames)[None]
        self.synapse_h -= alpha * sum(np.outer(s.delta_1, s.previous) for s in frames)
        d = np.array([1 if s.out > 0.5 else 0 for s in frames])
        return d, error
