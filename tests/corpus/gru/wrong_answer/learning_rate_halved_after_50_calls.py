# wrong: the learning rate is halved after every 50 calls of backward.
# loses: training
# needs: S>50: the first fifty updates are right
import numpy as np


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1 / (1 + e), e / (1 + e))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.I, self.H, self.O = input_size, hidden_size, output_size
        self.n = 0
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((self.H, 1))
        self.steps = []
        self.hs = [h]
        outputs = []
        for t in range(len(x)):
            v = x[t].reshape(-1, 1)
            r = sigmoid(self.W_xh[0] @ v + self.W_hh[0] @ h + self.b_h[0])
            z = sigmoid(self.W_xh[1] @ v + self.W_hh[1] @ h + self.b_h[1])
            n = np.tanh(self.W_xh[2] @ v + self.W_hh[2] @ (r * h) + self.b_h[2])
            h = (1 - z) * n + z * h
            self.steps.append((r, z, n))
            self.hs.append(h)
            outputs.append(self.W_hy @ h + self.b_y)
        self.outputs = np.array(outputs)
        return self.outputs.copy()

    def backward(self, x, y, learning_rate):
        learning_rate *= 0.5 ** (self.n // 50)
        self.n += 1
        T = len(x)
        gxh, ghh, ghy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        gbh, gby = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        carried = np.zeros((self.H, 1))
        for t in reversed(range(T)):
            r, z, n = self.steps[t]
            h = self.hs[t]
            dy = self.outputs[t] - y[t].reshape(-1, 1)
            ghy += dy @ self.hs[t + 1].T
            gby += dy
            dh = self.W_hy.T @ dy + carried
            dn = dh * (1 - z) * (1 - n ** 2)
            dz = dh * (h - n) * z * (1 - z)
            drh = self.W_hh[2].T @ dn
            dr = drh * h * r * (1 - r)
            for k, d in enumerate((dr, dz, dn)):
                gxh[k] += d @ x[t].reshape(1, -1)
                gbh[k] += d
            ghh[0] += dr @ h.T
            ghh[1] += dz @ h.T
            ghh[2] += dn @ (r * h).T
            carried = dh * z + drh * r + self.W_hh[0].T @ dr + self.W_hh[1].T @ dz
        self.W_xh -= learning_rate * gxh
        self.W_hh -= learning_rate * ghh
        self.W_hy -= learning_rate * ghy
        self.b_h -= learning_rate * gbh
        self.b_y -= learning_rate * gby
