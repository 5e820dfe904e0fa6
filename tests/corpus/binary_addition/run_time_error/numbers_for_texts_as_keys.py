# wrong: keys 0 and 1 are integers but read as strings.
# loses: step
import numpy as np


def int2binary(n, binary_dim=8):
    n = int(n)
    if not 0 <= n < 1 << binary_dim:
        raise ValueError("n must be from 0 to 2 ** binary_dim - 1")
    text = np.binary_repr(n, width=binary_dim)
    result = np.zeros(binary_dim, dtype=np.uint8)
    for i, digit in enumerate(text):
        result[i] = int(digit)
    return result


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def forward(self, a, b):
        steps = self.unroll(a, b)
        return np.array([s["out"] for s in steps])[::-1]

    def unroll(self, a, b):
        """List of one dict per time step, first step first."""
        state = np.zeros(self.synapse_h.shape[0])
        steps = []
        for bits in zip(a[::-1], b[::-1]):
            x = np.array(bits, dtype=float)
            new = sigmoid(self.synapse_h @ state + self.synapse_0 @ x)
            out = sigmoid(self.synapse_1 @ new)
            steps.append({"x": x, "old": state, "new": new, "out": out.item()})
            state = new
        return steps

    def train_step(self, a, b, c, alpha=0.1):
        steps = self.unroll(a, b)
        total = {0: 0, 1: 0, "h": 0}
        carried = np.zeros(self.synapse_h.shape[0])
        error = 0.0
        d = []
        for s, bit in zip(steps[::-1], c):
            diff = s["out"] - int(bit)
            error += abs(diff)
            d.append(int(round(s["out"])))
            g = diff * s["out"] * (1 - s["out"])
            dz = (self.synapse_1[0] * g + carried) * s["new"] * (1 - s["new"])
            total["1"] = total["1"] + g * s["new"][None, :]
            total["0"] = total["0"] + np.outer(dz, s["x"])
            total["h"] = total["h"] + np.outer(dz, s["old"])
            carried = self.synapse_h.T @ dz
        for name in total:
            weight = getattr(self, "synapse_" + name)
            weight -= alpha * total[name]
        return d, error
