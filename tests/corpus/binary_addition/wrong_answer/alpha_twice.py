# wrong: alpha is multiplied into the deltas and into the update once more (seen: PrincetonUniversity/PsyNeuLink#1745).
# loses: step
import numpy as np


def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0 or n.bit_length() > binary_dim:
        raise ValueError
    return np.array([(n >> i) % 2 for i in range(binary_dim - 1, -1, -1)], dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        rand = lambda *shape: 2 * np.random.random(shape) - 1
        self.synapse_0 = rand(hidden_dim, input_dim)
        self.synapse_1 = rand(output_dim, hidden_dim)
        self.synapse_h = rand(hidden_dim, hidden_dim)

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def _forward(self, a, b):
        self.inputs = np.column_stack([a, b])[::-1] * 1.0
        self.hidden = [np.zeros(self.synapse_h.shape[0])]
        self.out = []
        for x in self.inputs:
            self.hidden.append(self.sigmoid(self.synapse_0 @ x + self.synapse_h @ self.hidden[-1]))
            self.out.append(self.sigmoid(self.synapse_1 @ self.hidden[-1]))
        self.out = np.concatenate(self.out)

    def forward(self, a, b):
        self._forward(a, b)
        return self.out[::-1].copy()

    def train_step(self, a, b, c, alpha=0.1):
        self._forward(a, b)
        error = c[::-1] * 1.0 - self.out
        layer_2_deltas = alpha * error * self.out * (1 - self.out)
        updates = np.zeros_like(self.synapse_0), np.zeros_like(self.synapse_1), np.zeros_like(self.synapse_h)
        future = np.zeros(self.synapse_h.shape[0])
        for t in range(len(c))[::-1]:
            h = self.hidden[t + 1]
            delta = future @ self.synapse_h + layer_2_deltas[t] * self.synapse_1[0]
            delta = delta * h * (1 - h)
            updates[0][:] += delta[:, None] * self.inputs[t]
            updates[1][:] += layer_2_deltas[t] * h
            updates[2][:] += delta[:, None] * self.hidden[t]
            future = delta
        self.synapse_0 += alpha * updates[0]
        self.synapse_1 += alpha * updates[1]
        self.synapse_h += alpha * updates[2]
        return (self.out[::-1] > 0.5).astype(np.uint8), np.abs(error).sum()
