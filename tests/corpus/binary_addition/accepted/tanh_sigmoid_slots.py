# The sigmoid by way of tanh and its slope by way of cosh, in a class with slots and copying setters.
import numpy as np
import numbers


def int2binary(n, binary_dim=8):
    if not isinstance(n, numbers.Integral):
        raise TypeError("n must be an integer")
    q, digits = int(n), np.zeros(binary_dim, np.uint8)
    if q < 0:
        raise ValueError("negative")
    i = binary_dim
    while q:
        i -= 1
        if i < 0:
            raise ValueError("too many bits")
        q, digits[i] = divmod(q, 2)
    return digits


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def slope(z):
    return 0.25 / np.cosh(0.5 * z) ** 2


class BinaryAdder:
    __slots__ = ("_w",)

    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self._w = {}
        self.synapse_0 = np.random.sample((hidden_dim, input_dim)) * 2 - 1
        self.synapse_1 = np.random.sample((output_dim, hidden_dim)) * 2 - 1
        self.synapse_h = np.random.sample((hidden_dim, hidden_dim)) * 2 - 1

    synapse_0 = property(lambda s: s._w["0"].copy(), lambda s, v: s._w.update({"0": np.array(v, float)}))
    synapse_1 = property(lambda s: s._w["1"].copy(), lambda s, v: s._w.update({"1": np.array(v, float)}))
    synapse_h = property(lambda s: s._w["h"].copy(), lambda s, v: s._w.update({"h": np.array(v, float)}))

    def run(self, a, b):
        w0, w1, wh = self._w["0"], self._w["1"], self._w["h"]
        zs, h = [], np.zeros(len(wh))
        for p in range(1, len(a) + 1):
            zs.append(w0[:, 0] * a[-p] + w0[:, 1] * b[-p] + wh @ h)
            h = sigmoid(zs[-1])
        return np.array(zs), np.array([w1[0] @ sigmoid(z) for z in zs])

    def forward(self, a, b):
        return sigmoid(self.run(a, b)[1])[::-1]

    def train_step(self, a, b, c, alpha=0.1):
        z1, z2 = self.run(a, b)
        y = sigmoid(z2)
        e = y - c[::-1]
        d2 = e * slope(z2)
        h = np.vstack([np.zeros(z1.shape[1]), sigmoid(z1)])
        g = {name: np.zeros_like(w) for name, w in self._w.items()}
        d1 = np.zeros(z1.shape[1])
        for t in range(len(c))[::-1]:
            d1 = (d1 @ self._w["h"] + d2[t] * self._w["1"][0]) * slope(z1[t])
            g["0"] += np.outer(d1, [a[::-1][t], b[::-1][t]])
            g["1"] += d2[t] * h[t + 1]
            g["h"] += np.outer(d1, h[t])
        self._w = {name: w - alpha * g[name] for name, w in self._w.items()}
        return (z2 > 0)[::-1].astype(np.uint8), np.abs(e).sum()
