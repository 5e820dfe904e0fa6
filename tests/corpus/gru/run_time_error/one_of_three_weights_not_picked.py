# wrong: one of three weights is not picked.
# loses: forward
import numpy as np


def tanh(z):
    return 1 - 2 / (np.exp(2 * z) + 1)


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def tanh_slope(h):
    return 1.0 - np.square(h)


def sigmoid_slope(h):
    return h - h * h


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = (np.random.randn(3 * hidden_size * input_size) * 0.01).reshape(3, hidden_size, input_size)
        self.W_hh = (np.random.randn(3 * hidden_size * hidden_size) * 0.01).reshape(3, hidden_size, hidden_size)
        self.W_hy = (np.random.randn(output_size * hidden_size) * 0.01).reshape(output_size, hidden_size)
        self.b_h = np.ones((3, hidden_size, 1)) * 0.0
        self.b_y = np.ones((output_size, 1)) * 0.0

    def run(self, x):
        W_xh = self.W_xh
        W_hh = self.W_hh
        W_hy = self.W_hy
        b_h = self.b_h
        b_y = self.b_y
        T, H = len(x), W_hh.shape[1]
        h = np.zeros((1, H), float)
        S_all, Y_all = [], []
        projected = [((W_xh * x_t).sum(axis=1)[None], (W_xh[1] * x_t).sum(axis=1)[None], (W_xh[2] * x_t).sum(axis=1)[None]) for x_t in [row.reshape(1, -1) for row in x]]
        t = 0
        while t < T:
            a_r = (projected[t][0]) + ((W_hh[0] * h).sum(axis=1)[None]) + (b_h[0].reshape(1, -1))
            a_z = (projected[t][1]) + ((W_hh[1] * h).sum(axis=1)[None]) + (b_h[1].reshape(1, -1))
            r, z = sigmoid(a_r), sigmoid(a_z)
            a_n = (projected[t][2]) + ((W_hh[2] * (r * h)).sum(axis=1)[None]) + (b_h[2].reshape(1, -1))
            n = tanh(a_n)
            now = n - z * n + z * h
            S_all.append((h, r, z, n, a_r, a_z, a_n, now))
            Y_all.append(((W_hy * now).sum(axis=1)[None]) + b_y.reshape(1, -1))
            h = now
            t += 1
        return S_all, Y_all

    def forward(self, x):
        S_all, Y_all = self.run(x)
        self.cache = S_all, Y_all
        return [v.T for v in Y_all]

    def backward(self, x, y, learning_rate):
        W_xh = self.W_xh
        W_hh = self.W_hh
        W_hy = self.W_hy
        b_h = self.b_h
        b_y = self.b_y
        S_all, Y_all = self.cache
        T, H = len(x), W_hh.shape[1]
        c_next = np.zeros((1, H), float)
        grads = {}
        grads['W_xh'] = np.zeros(W_xh.shape)
        grads['W_hh'] = np.zeros(W_hh.shape)
        grads['W_hy'] = np.zeros(W_hy.shape)
        grads['b_h'] = np.zeros(b_h.shape)
        grads['b_y'] = np.zeros(b_y.shape)
        for t in reversed(range(T)):
            h, r, z, n, a_r, a_z, a_n, now = S_all[t]
            e_t = Y_all[t] - y[t].reshape(1, -1)
            g_t = np.inner(e_t, W_hy.T) + c_next
            d_n = g_t * tanh_slope(n) * (1 - z)
            d_rh = np.inner(d_n, W_hh[2].T)
            d_r = d_rh * h * sigmoid_slope(r)
            d_z = g_t * (h - n) * sigmoid_slope(z)
            c_next = np.inner(d_r, W_hh[0].T) + np.inner(d_z, W_hh[1].T) + r * d_rh + z * g_t
            for k, d_a, seen in ((0, d_r, h), (1, d_z, h), (2, d_n, r * h)):
                grads['W_xh'][k] = grads['W_xh'][k] + ((x[t].reshape(1, -1)).T @ d_a).T
                grads['W_hh'][k] = grads['W_hh'][k] + (seen.T @ d_a).T
                grads['b_h'][k] = grads['b_h'][k] + d_a.T
            grads['W_hy'] = grads['W_hy'] + (now.T @ e_t).T
            grads['b_y'] = grads['b_y'] + e_t.T
        np.subtract(W_xh, learning_rate * grads['W_xh'], out=W_xh)
        np.subtract(W_hh, learning_rate * grads['W_hh'], out=W_hh)
        np.subtract(W_hy, learning_rate * grads['W_hy'], out=W_hy)
        np.subtract(b_h, learning_rate * grads['b_h'], out=b_h)
        np.subtract(b_y, learning_rate * grads['b_y'], out=b_y)
