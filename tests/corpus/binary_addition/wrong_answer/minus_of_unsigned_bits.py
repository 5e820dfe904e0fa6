# wrong: minus applied to uint8 target bits, 1 becomes 255.
# loses: step
"""One flat vector of weights; properties give matrix views of it and copy what is assigned."""
import numpy as np


def int2binary(n, binary_dim=8):
    text = format(int(n), f"0{binary_dim}b")
    if text.startswith("-") or len(text) > binary_dim:
        raise ValueError(f"{n} needs other than {binary_dim} bits")
    return np.frombuffer(text.encode(), dtype=np.uint8) - np.uint8(ord("0"))


def part(k):
    def get(self):
        return self.cut(self.flat)[k]

    def put(self, value):
        get(self)[...] = value

    return property(get, put)


class BinaryAdder:
    synapse_0, synapse_1, synapse_h = part(0), part(1), part(2)

    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.shapes = (hidden_dim, input_dim), (output_dim, hidden_dim), (hidden_dim, hidden_dim)
        sizes = [r * c for r, c in self.shapes]
        self.borders = np.cumsum(sizes)[:-1]
        self.flat = 2 * np.random.random(sum(sizes)) - 1

    def cut(self, vector):
        return [v.reshape(s) for v, s in zip(np.split(vector, self.borders), self.shapes)]

    def run(self, a, b):
        W, V, R = self.cut(self.flat)
        u = np.stack([a, b], axis=1)[::-1].astype(float)
        states = np.zeros((len(u) + 1, len(R)))
        for t, push in enumerate(u @ W.T):
            states[t + 1] = 0.5 + 0.5 * np.tanh(0.5 * (push + R @ states[t]))
        out = 0.5 + 0.5 * np.tanh(0.5 * (states[1:] @ V[0]))
        return u, states, out

    def forward(self, a, b):
        return self.run(a, b)[2][::-1]

    def train_step(self, a, b, c, alpha=0.1):
        u, states, out = self.run(a, b)
        W, V, R = self.cut(self.flat)
        miss = -c[::-1] + out
        d_out = miss * out * (1 - out)
        gradient = np.empty_like(self.flat)
        gW, gV, gR = self.cut(gradient)
        after = states[1:]
        delta = np.outer(d_out, V[0])
        delta[-1] *= after[-1] * (1 - after[-1])
        for t in range(len(u) - 2, -1, -1):
            delta[t] += delta[t + 1] @ R
            delta[t] *= after[t] * (1 - after[t])
        gW[...] = delta.T @ u
        gV[...] = d_out @ after
        gR[...] = delta.T @ states[:-1]
        self.flat -= alpha * gradient
        return (out[::-1] > 0.5).astype(int), np.abs(miss).sum()
