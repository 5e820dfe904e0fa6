# works with rows; the weights are held transposed and handed out as the statement has them
import numpy as np


def turned(name):
    def get(self):
        return np.swapaxes(self.held[name], -1, -2)

    def put(self, value):
        self.held[name] = np.swapaxes(np.array(value, dtype=float), -1, -2)

    return property(get, put)


class GRU:
    W_xh, W_hh, W_hy = turned("W_xh"), turned("W_hh"), turned("W_hy")
    b_h, b_y = turned("b_h"), turned("b_y")

    def __init__(self, input_size, hidden_size, output_size):
        self.held = {}
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        W, U, V, b, c = (self.held[k] for k in ("W_xh", "W_hh", "W_hy", "b_h", "b_y"))
        h = np.zeros((1, U.shape[1]))
        self.kept = []
        for t in range(len(x)):
            x_t = x[[t]]
            r = 1 / (1 + np.exp(-(x_t @ W[0] + h @ U[0] + b[0])))
            z = 1 / (1 + np.exp(-(x_t @ W[1] + h @ U[1] + b[1])))
            n = np.tanh(x_t @ W[2] + (r * h) @ U[2] + b[2])
            after = (1 - z) * n + z * h
            self.kept.append((x_t, h, r, z, n, after, after @ V + c))
            h = after
        return np.array([step[-1].T for step in self.kept])

    def backward(self, x, y, learning_rate):
        W, U, V, b, c = (self.held[k] for k in ("W_xh", "W_hh", "W_hy", "b_h", "b_y"))
        dW, dU, dV, db, dc = (np.zeros_like(w) for w in (W, U, V, b, c))
        carry = np.zeros((1, U.shape[1]))
        for (x_t, h, r, z, n, after, out), target in zip(self.kept[::-1], y[::-1]):
            e = out - target
            dV += after.T @ e
            dc += e
            g = e @ V.T + carry
            g_n = g * (1 - z) * (1 - n) * (1 + n)
            g_rh = g_n @ U[2].T
            g_r = g_rh * h * (r - r**2)
            g_z = g * (h - n) * (z - z**2)
            carry = g * z + g_rh * r + g_r @ U[0].T + g_z @ U[1].T
            for k, (d, seen) in enumerate([(g_r, h), (g_z, h), (g_n, r * h)]):
                dW[k] += x_t.T @ d
                dU[k] += seen.T @ d
                db[k] += d
        for key, d in zip(("W_xh", "W_hh", "W_hy", "b_h", "b_y"), (dW, dU, dV, db, dc)):
            self.held[key] = self.held[key] - learning_rate * d
