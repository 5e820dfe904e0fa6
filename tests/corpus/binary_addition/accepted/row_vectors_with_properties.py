# Keeps transposed matrices for row vectors; the stated weights are views given by properties.
import numpy as np


def int2binary(n, binary_dim=8):
    try:
        raw = int(n).to_bytes(4, "big")
    except OverflowError:
        raise ValueError(f"{n} is negative or has more than 32 bits") from None
    bits = np.unpackbits(np.frombuffer(raw, np.uint8))
    if bits[: 32 - binary_dim].any():
        raise ValueError(f"{n} has more than {binary_dim} bits")
    return bits[32 - binary_dim :]


def transposed(name):
    def put(self, value):
        setattr(self, name, np.array(value).T)

    return property(lambda self: getattr(self, name).T, put)


class BinaryAdder:
    synapse_0, synapse_1, synapse_h = transposed("U"), transposed("V"), transposed("W")

    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def forward(self, a, b):
        return np.array(self._forward(a, b)[2]).ravel()[::-1]

    def _forward(self, a, b):
        rows = np.column_stack((a, b))[::-1].astype(np.float64)
        hidden, out = [np.zeros((1, self.W.shape[0]))], []
        for row in rows:
            hidden.append(1 / (1 + np.exp(-(row[None] @ self.U + hidden[-1] @ self.W))))
            out.append(1 / (1 + np.exp(-hidden[-1] @ self.V)))
        return rows, hidden, out

    def train_step(self, a, b, c, alpha=0.1):
        rows, hidden, out = self._forward(a, b)
        y = np.array(out).ravel()
        error = c[::-1] - y
        gU, gV, gW = np.zeros_like(self.U), np.zeros_like(self.V), np.zeros_like(self.W)
        back = np.zeros((1, self.W.shape[0]))
        while rows.size:
            t = len(rows) - 1
            delta_y = np.array([[error[t] * y[t] * (1 - y[t])]])
            h = hidden.pop()
            back = (delta_y @ self.V.T + back @ self.W.T) * h * (1 - h)
            gV += h.T @ delta_y
            gU += rows[t][:, None] @ back
            gW += hidden[-1].T @ back
            rows = rows[:-1]
        self.U += alpha * gU
        self.V += alpha * gV
        self.W += alpha * gW
        return np.round(y[::-1]).astype(int), np.linalg.norm(error, 1)
