# Weights start as plain nested lists and become whatever is assigned; the code only indexes with [i][j].
from math import tanh
from numpy.random import standard_normal


def matrix(rows, cols):
    return [[float(standard_normal()) * 0.01 for j in range(cols)] for i in range(rows)]


def times(W, v):
    return [sum(W[i][j] * v[j] for j in range(len(v))) for i in range(len(W))]


def transposed_times(W, v):
    return [sum(W[i][j] * v[i] for i in range(len(v))) for j in range(len(W[0]))]


class SimpleRNN:
    def __init__(self, n_in, n_hid, n_out):
        self.W_xh = matrix(n_hid, n_in)
        self.W_hh = matrix(n_hid, n_hid)
        self.W_hy = matrix(n_out, n_hid)
        self.b_h = [[0.0]] * n_hid  # rows are replaced, never changed, so sharing is fine
        self.b_y = [[0.0]] * n_out

    def forward(self, x):
        h = [0.0 for _ in self.b_h]
        self.history = []
        result = []
        for step in x:
            step = [float(v) for v in step]
            previous = h
            a = times(self.W_xh, step)
            b = times(self.W_hh, previous)
            h = [tanh(a[i] + b[i] + self.b_h[i][0]) for i in range(len(a))]
            out = times(self.W_hy, h)
            out = [out[k] + self.b_y[k][0] for k in range(len(out))]
            self.history.append((step, previous, h, out))
            result.append([[o] for o in out])
        return result

    def backward(self, x, y, learning_rate):
        H, O, I = len(self.W_hh), len(self.W_hy), len(self.W_xh[0])
        dWx = [[0.0] * I for _ in range(H)]
        dWh = [[0.0] * H for _ in range(H)]
        dWy = [[0.0] * H for _ in range(O)]
        dbh = [0.0] * H
        dby = [0.0] * O
        future = [0.0] * H
        for t in range(len(self.history) - 1, -1, -1):
            step, previous, h, out = self.history[t]
            err = [out[k] - float(y[t][k]) for k in range(O)]
            dh = transposed_times(self.W_hy, err)
            da = [(1 - h[i] ** 2) * (dh[i] + future[i]) for i in range(H)]
            for k in range(O):
                dby[k] += err[k]
                for i in range(H):
                    dWy[k][i] += err[k] * h[i]
            for i in range(H):
                dbh[i] += da[i]
                for j in range(I):
                    dWx[i][j] += da[i] * step[j]
                for j in range(H):
                    dWh[i][j] += da[i] * previous[j]
            future = transposed_times(self.W_hh, da)

        def moved(W, G):
            return [[W[i][j] - learning_rate * G[i][j] for j in range(len(G[0]))] for i in range(len(G))]

        self.W_xh = moved(self.W_xh, dWx)
        self.W_hh = moved(self.W_hh, dWh)
        self.W_hy = moved(self.W_hy, dWy)
        self.b_h = moved(self.b_h, [[g] for g in dbh])
        self.b_y = moved(self.b_y, [[g] for g in dby])
