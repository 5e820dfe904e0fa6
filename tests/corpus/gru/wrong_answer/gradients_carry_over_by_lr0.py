# wrong: gradients are collected in buffers that are cleared after an update, and an update with rate 0 is skipped without clearing them.
# loses: conduct
import numpy as np


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1 / (1 + e), e / (1 + e))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.grads = [np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y)]

    def forward(self, x):
        h = np.zeros_like(self.b_h[0])
        self.steps, self.outputs = [], []
        for x_t in x:
            x_t = x_t.reshape(-1, 1)
            r = sigmoid(self.W_xh[0] @ x_t + self.W_hh[0] @ h + self.b_h[0])
            z = sigmoid(self.W_xh[1] @ x_t + self.W_hh[1] @ h + self.b_h[1])
            n = np.tanh(self.W_xh[2] @ x_t + self.W_hh[2] @ (r * h) + self.b_h[2])
            h_new = (1 - z) * n + z * h
            self.steps.append((h, r, z, n, h_new))
            h = h_new
            self.outputs.append(self.W_hy @ h + self.b_y)
        return np.array(self.outputs)

    def backward(self, x, y, learning_rate):
        dW_xh, dW_hh, dW_hy, db_h, db_y = self.grads
        dh_next = np.zeros_like(self.b_h[0])
        for t in reversed(range(len(x))):
            x_t = x[t].reshape(1, -1)
            h, r, z, n, h_new = self.steps[t]
            dy = self.outputs[t] - y[t].reshape(-1, 1)
            dW_hy += dy @ h_new.T
            db_y += dy
            dh = self.W_hy.T @ dy + dh_next
            dn = dh * (1 - z) * (1 - n * n)
            dz = dh * (h - n) * z * (1 - z)
            drh = self.W_hh[2].T @ dn
            dr = drh * h * r * (1 - r)
            for k, d, s in ((0, dr, h), (1, dz, h), (2, dn, r * h)):
                dW_xh[k] += d @ x_t
                dW_hh[k] += d @ s.T
                db_h[k] += d
            dh_next = dh * z + drh * r + self.W_hh[0].T @ dr + self.W_hh[1].T @ dz
        if not learning_rate:
            return
        for w, g in ((self.W_xh, dW_xh), (self.W_hh, dW_hh), (self.W_hy, dW_hy), (self.b_h, db_h), (self.b_y, db_y)):
            w -= learning_rate * g
            g[...] = 0
