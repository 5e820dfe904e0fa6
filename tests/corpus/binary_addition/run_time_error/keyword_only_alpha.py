# wrong: a bare star in the signature makes alpha keyword-only, so calls that pass it by position raise a TypeError.
import numpy as np


def int2binary(n, binary_dim=8):
    if n < 0:
        raise ValueError("negative")
    text = format(int(n), "0{}b".format(binary_dim))
    if len(text) > binary_dim:
        raise ValueError("too large")
    return np.array([int(ch) for ch in text], dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.hidden_dim = hidden_dim
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    @staticmethod
    def _sigmoid(z):
        return 1 / (1 + np.exp(-z))

    def _states(self, X):
        """X (D, 2) in the order of time -> states (D + 1, H), the first of them zero."""
        states = [np.zeros(self.hidden_dim)]
        for row in X:
            states.append(self._sigmoid(self.synapse_0 @ row + self.synapse_h @ states[-1]))
        return np.array(states)

    @staticmethod
    def _inputs(a, b):
        return np.column_stack((a, b)).astype(float)[::-1]

    def forward(self, a, b):
        states = self._states(self._inputs(a, b))[1:]
        return self._sigmoid(states @ self.synapse_1[0])[::-1]

    def train_step(self, a, b, c, *, alpha=0.1):
        X = self._inputs(a, b)
        states = self._states(X)
        before, after = states[:-1], states[1:]
        outputs = self._sigmoid(after @ self.synapse_1[0])
        errors = outputs - c[::-1].astype(float)
        delta_2 = errors * outputs * (1 - outputs)
        delta_1 = np.outer(delta_2, self.synapse_1[0])
        slopes = after * (1 - after)
        delta_1[-1] *= slopes[-1]
        for t in range(len(X) - 2, -1, -1):
            delta_1[t] = (delta_1[t] + delta_1[t + 1] @ self.synapse_h) * slopes[t]
        self.synapse_1 -= alpha * (delta_2 @ after)
        self.synapse_0 -= alpha * (delta_1.T @ X)
        self.synapse_h -= alpha * (delta_1.T @ before)
        return outputs[::-1].round().astype(int), np.sum(np.abs(errors))
