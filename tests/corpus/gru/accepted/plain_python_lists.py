import math

import numpy as np


def times(W, v):
    return [sum(w * s for w, s in zip(row, v)) for row in W]


def back(W, v):
    return [sum(w * s for w, s in zip(column, v)) for column in zip(*W)]


def logistic(a):
    if a >= 0:
        return 1 / (1 + math.exp(-a))
    e = math.exp(a)
    return e / (1 + e)


class GRU:
    def __init__(self, n_in, n_hidden, n_out):
        self.W_xh = np.random.randn(3, n_hidden, n_in) * 0.01
        self.W_hh = np.random.randn(3, n_hidden, n_hidden) * 0.01
        self.W_hy = np.random.randn(n_out, n_hidden) * 0.01
        self.b_h = np.zeros((3, n_hidden, 1))
        self.b_y = np.zeros((n_out, 1))

    def read(self):
        into, within, out = self.W_xh.tolist(), self.W_hh.tolist(), self.W_hy.tolist()
        bias = [[b[0] for b in gate] for gate in self.b_h.tolist()]
        return into, within, out, bias, [b[0] for b in self.b_y.tolist()]

    def forward(self, x):
        into, within, out, bias, bias_out = self.read()
        h = [0.0] * len(bias[0])
        self.tape, self.results = [], []
        for row in x.tolist():
            gates = []
            for g in range(3):
                seen = h if g < 2 else [a * b for a, b in zip(gates[0], h)]
                a = [p + q + b for p, q, b in zip(times(into[g], row), times(within[g], seen), bias[g])]
                gates.append([logistic(v) if g < 2 else math.tanh(v) for v in a])
            r, z, n = gates
            after = [(1 - k) * new + k * old for k, new, old in zip(z, n, h)]
            self.tape.append((row, h, r, z, n, after))
            self.results.append([p + b for p, b in zip(times(out, after), bias_out)])
            h = after
        return [[[v] for v in result] for result in self.results]

    def backward(self, x, y, learning_rate):
        into, within, out, _, _ = self.read()
        weights = (self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y)
        sums = [np.zeros(w.shape).tolist() for w in weights]
        carried = [0.0] * len(within[0])
        for t in range(len(self.tape) - 1, -1, -1):
            row, h, r, z, n, after = self.tape[t]
            error = [p - q for p, q in zip(self.results[t], y[t].tolist())]
            for o, e in enumerate(error):
                sums[4][o][0] += e
                for i, v in enumerate(after):
                    sums[2][o][i] += e * v
            dh = [p + q for p, q in zip(back(out, error), carried)]
            dn = [d * (1 - k) * (1 - v * v) for d, k, v in zip(dh, z, n)]
            dz = [d * (old - v) * k * (1 - k) for d, old, v, k in zip(dh, h, n, z)]
            drh = back(within[2], dn)
            dr = [d * old * g * (1 - g) for d, old, g in zip(drh, h, r)]
            reset = [a * b for a, b in zip(r, h)]
            for g, (delta, seen) in enumerate(((dr, h), (dz, h), (dn, reset))):
                for i, d in enumerate(delta):
                    sums[3][g][i][0] += d
                    for j, v in enumerate(row):
                        sums[0][g][i][j] += d * v
                    for j, v in enumerate(seen):
                        sums[1][g][i][j] += d * v
            parts = (
                [d * k for d, k in zip(dh, z)],
                [d * g for d, g in zip(drh, r)],
                back(within[0], dr),
                back(within[1], dz),
            )
            carried = [sum(column) for column in zip(*parts)]
        for weight, total in zip(weights, sums):
            weight -= learning_rate * np.array(total)
