# Every sum is math.fsum, so all inner products are rounded once; speed is not the point.
from math import fsum, tanh

import numpy as np


def mv(M, v):
    return [fsum(a * b for a, b in zip(row, v)) for row in M]


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        A = np.hstack([self.W_xh, self.W_hh, self.b_h]).tolist()
        B = np.hstack([self.W_hy, self.b_y]).tolist()
        h = [0.0] * len(A)
        self.z, self.u, self.o = [], [], []
        for v in x.tolist():
            self.z.append(v + h + [1.0])
            h = [tanh(a) for a in mv(A, self.z[-1])]
            self.u.append(h + [1.0])
            self.o.append(mv(B, self.u[-1]))
        return np.array(self.o).reshape(len(x), -1, 1)

    def backward(self, x, y, learning_rate):
        T, I, H = len(x), x.shape[1], len(self.b_h)
        # one tall matrix, so that each dh is a single fsum: [W_hy; W_hh]^T
        both = np.vstack([self.W_hy, self.W_hh]).T.tolist()
        d = [[0.0] * H]
        e = [[o - w for o, w in zip(*pair)] for pair in zip(self.o, y.tolist())]
        for t in range(T - 1, -1, -1):
            dh = mv(both, e[t] + d[0])
            d.insert(0, [g * (1 - h * h) for g, h in zip(dh, self.u[t])])
        d.pop()
        dA = [mv(zip(*self.z), column) for column in zip(*d)]
        dB = [mv(zip(*self.u), column) for column in zip(*e)]
        dA, dB = np.array(dA), np.array(dB)
        self.W_xh -= learning_rate * dA[:, :I]
        self.W_hh -= learning_rate * dA[:, I:I + H]
        self.b_h -= learning_rate * dA[:, I + H:]
        self.W_hy -= learning_rate * dB[:, :H]
        self.b_y -= learning_rate * dB[:, H:]
