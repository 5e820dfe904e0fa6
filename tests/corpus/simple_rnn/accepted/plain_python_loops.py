# Every product is written as index loops over NumPy arrays; no matrix multiplication anywhere.
import math

import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.I = input_size
        self.H = hidden_size
        self.O = output_size
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        T = len(x)
        self.h = np.zeros((T + 1, self.H))
        self.out = np.zeros((T, self.O, 1))
        for t in range(T):
            for i in range(self.H):
                s = self.b_h[i, 0]
                for j in range(self.I):
                    s += self.W_xh[i, j] * x[t, j]
                for j in range(self.H):
                    s += self.W_hh[i, j] * self.h[t, j]
                self.h[t + 1, i] = math.tanh(s)
            for k in range(self.O):
                s = self.b_y[k, 0]
                for i in range(self.H):
                    s += self.W_hy[k, i] * self.h[t + 1, i]
                self.out[t, k, 0] = s
        return self.out

    def backward(self, x, y, learning_rate):
        T = len(x)
        gxh = np.zeros((self.H, self.I))
        ghh = np.zeros((self.H, self.H))
        ghy = np.zeros((self.O, self.H))
        gbh = np.zeros((self.H, 1))
        gby = np.zeros((self.O, 1))
        nxt = [0.0] * self.H
        for t in range(T - 1, -1, -1):
            e = [self.out[t, k, 0] - y[t, k] for k in range(self.O)]
            for k in range(self.O):
                gby[k, 0] += e[k]
                for i in range(self.H):
                    ghy[k, i] += e[k] * self.h[t + 1, i]
            da = [0.0] * self.H
            for i in range(self.H):
                dh = nxt[i]
                for k in range(self.O):
                    dh += self.W_hy[k, i] * e[k]
                da[i] = dh * (1.0 - self.h[t + 1, i] * self.h[t + 1, i])
            for i in range(self.H):
                gbh[i, 0] += da[i]
                for j in range(self.I):
                    gxh[i, j] += da[i] * x[t, j]
                for j in range(self.H):
                    ghh[i, j] += da[i] * self.h[t, j]
            nxt = [0.0] * self.H
            for j in range(self.H):
                for i in range(self.H):
                    nxt[j] += self.W_hh[i, j] * da[i]
        for W, g in (
            (self.W_xh, gxh),
            (self.W_hh, ghh),
            (self.W_hy, ghy),
            (self.b_h, gbh),
            (self.b_y, gby),
        ):
            for i in range(W.shape[0]):
                for j in range(W.shape[1]):
                    W[i, j] -= learning_rate * g[i, j]
