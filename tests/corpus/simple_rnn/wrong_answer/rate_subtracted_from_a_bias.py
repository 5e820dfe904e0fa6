# wrong: the rate alone is subtracted from b_h, not the rate times its gradient.
# loses: backward
import math
import numpy as np


def exact_product(W, v):
    sums = [math.fsum(w * s for w, s in zip(row, v.ravel().tolist())) for row in W.tolist()]
    return np.array(sums).reshape((-1,) + v.shape[1:])


def tanh(z):
    return 2 * np.tanh(z / 2) / (1 + np.tanh(z / 2) ** 2)

def slope(z):
    return 4 / (np.exp(z) + np.exp(-z)) ** 2


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        initial = {}
        initial['W_xh'] = 0.01 * np.random.randn(hidden_size, input_size)
        initial['W_hh'] = 0.01 * np.random.randn(hidden_size, hidden_size)
        initial['W_hy'] = 0.01 * np.random.randn(output_size, hidden_size)
        initial['b_h'] = np.zeros((hidden_size, 1))
        initial['b_y'] = np.zeros((output_size, 1))
        for weight, value in initial.items():
            setattr(self, weight, value)

    def run(self, x):
        W_xh = self.W_xh
        W_hh = self.W_hh
        W_hy = self.W_hy
        b_h = self.b_h
        b_y = self.b_y
        T, H = len(x), len(W_hh)
        H_all, Z_all = np.zeros((T + 1, H)), np.zeros((T, H))
        def state(t):
            if t < 0:
                return np.array([0.0] * H)
            h = state(t - 1)
            x_t = np.array(x[t])
            z = (sum(w * s for w, s in zip(W_xh.T, x_t))) + (sum(w * s for w, s in zip(W_hh.T, h))) + b_h.flatten()
            h = tanh(z)
            Z_all[t] = z
            H_all[t + 1] = h
            return h
        state(T - 1)
        Y_all = [np.array(row) for row in np.array([H_all[t + 1] for t in range(T)]).reshape(T, H) @ W_hy.T + b_y[:, 0]]
        return H_all, Z_all, Y_all

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        H_all, Z_all, Y_all = self.run(x)
        return np.vstack(Y_all).reshape(len(Y_all), -1, 1)

    def backward(self, x, y, learning_rate):
        W_xh = self.W_xh
        W_hh = self.W_hh
        W_hy = self.W_hy
        b_h = self.b_h
        b_y = self.b_y
        x = self.x
        H_all, Z_all, Y_all = self.run(x)
        T, H = len(x), len(W_hh)
        named = {'W_xh': W_xh, 'W_hh': W_hh, 'W_hy': W_hy, 'b_h': b_h, 'b_y': b_y}
        memory = np.zeros(sum(W.size for W in named.values()))
        g_all, at = {}, 0
        for name, W in named.items():
            g_all[name] = memory[at : at + W.size].reshape(W.shape)
            at += W.size
        def error(t):
            return Y_all[t] - np.array(y[t])
        da = np.array([0.0] * H)
        for t in list(range(T))[::-1]:
            da = slope(Z_all[t]) * ((exact_product(W_hy.T, error(t))) + exact_product(W_hh.T, da))
            g_all['W_xh'] += np.einsum('i,j->ij', da, np.array(x[t]))
            g_all['W_hh'] += np.einsum('i,j->ij', da, H_all[t])
            g_all['b_h'] += da[:, None]
            g_all['W_hy'] += np.einsum('i,j->ij', error(t), H_all[t + 1])
            g_all['b_y'] += error(t)[:, None]
        np.subtract(W_xh, learning_rate * g_all['W_xh'], out=W_xh)
        np.subtract(W_hh, learning_rate * g_all['W_hh'], out=W_hh)
        np.subtract(W_hy, learning_rate * g_all['W_hy'], out=W_hy)
        np.subtract(b_h, learning_rate, out=b_h)
        np.subtract(b_y, learning_rate * g_all['b_y'], out=b_y)
