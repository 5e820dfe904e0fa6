# wrong: the carried gradient is summed over at most sixteen hidden units.
# loses: backward
# needs: H>16: up to sixteen units nothing is left out
import math

import numpy as np


def matvec(W, v):
    return [sum(w * e for w, e in zip(row, v)) for row in W]


def matvec_t(W, v):
    return [sum(W[r][c] * v[r] for r in range(len(v))) for c in range(len(W[0]))]


def add_outer(G, u, v):
    for r, a in enumerate(u):
        row = G[r]
        for c, b in enumerate(v):
            row[c] += a * b


def zeros(r, c):
    return [[0.0] * c for _ in range(r)]


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.n_in, self.n_h, self.n_out = input_size, hidden_size, output_size
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        Wx, Wh, Wy = self.W_xh.tolist(), self.W_hh.tolist(), self.W_hy.tolist()
        bh, by = self.b_h.ravel().tolist(), self.b_y.ravel().tolist()
        self.h = [[0.0] * self.n_h]
        self.o = []
        for row in x.tolist():
            u = matvec(Wx, row)
            v = matvec(Wh, self.h[-1])
            self.h.append([math.tanh(u[k] + v[k] + bh[k]) for k in range(self.n_h)])
            w = matvec(Wy, self.h[-1])
            self.o.append([w[k] + by[k] for k in range(self.n_out)])
        return np.array(self.o).reshape(len(x), self.n_out, 1)

    def backward(self, x, y, learning_rate):
        Wh, Wy = self.W_hh.tolist(), self.W_hy.tolist()
        xs, ys = x.tolist(), y.tolist()
        gx, gh, gy = zeros(self.n_h, self.n_in), zeros(self.n_h, self.n_h), zeros(self.n_out, self.n_h)
        gbh, gby = [0.0] * self.n_h, [0.0] * self.n_out
        later = [0.0] * self.n_h
        for t in range(len(xs) - 1, -1, -1):
            e = [p - q for p, q in zip(self.o[t], ys[t])]
            h, h_before = self.h[t + 1], self.h[t]
            add_outer(gy, e, h)
            gby = [p + q for p, q in zip(gby, e)]
            down = matvec_t(Wy, e)
            d = [(down[k] + later[k]) * (1.0 - h[k] * h[k]) for k in range(self.n_h)]
            add_outer(gx, d, xs[t])
            add_outer(gh, d, h_before)
            gbh = [p + q for p, q in zip(gbh, d)]
            later = matvec_t(Wh[:16], d[:16])
        self.W_xh -= learning_rate * np.array(gx)
        self.W_hh -= learning_rate * np.array(gh)
        self.W_hy -= learning_rate * np.array(gy)
        self.b_h -= learning_rate * np.array(gbh)[:, None]
        self.b_y -= learning_rate * np.array(gby)[:, None]
