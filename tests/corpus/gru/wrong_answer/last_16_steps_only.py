# wrong: the gradient is carried back over 16 steps at most.
# loses: backward
# needs: T>16: up to there nothing is left out
import numpy as np

HALF = 0.5


def gate(a):
    return HALF * np.tanh(HALF * a) + HALF


class GRU:
    def __init__(self, n, m, k):
        self.W_xh = np.random.randn(3, m, n) * 0.01
        self.W_hh = np.random.randn(3, m, m) * 0.01
        self.W_hy = np.random.randn(k, m) * 0.01
        self.b_h = np.zeros((3, m, 1))
        self.b_y = np.zeros((k, 1))

    def joined(self):
        return np.concatenate([self.W_xh, self.W_hh, self.b_h], axis=2)

    def forward(self, x):
        G = self.joined()
        last = np.hstack([self.W_hy, self.b_y])
        one = np.ones((1, 1))
        h = np.zeros((self.W_hh.shape[1], 1))
        self.steps, results = [], []
        for t in range(x.shape[0]):
            v = np.vstack([x[t][:, None], h, one])
            r, z = gate(G[0] @ v), gate(G[1] @ v)
            w = np.vstack([x[t][:, None], r * h, one])
            n = np.tanh(G[2] @ w)
            after = np.vstack([(1 - z) * n + z * h, one])
            self.steps.append((v, w, h, r, z, n, after))
            results.append(last @ after)
            h = after[:-1]
        self.results = results
        return np.array(results)

    def backward(self, x, y, learning_rate):
        G = self.joined()
        I, H = x.shape[1], self.W_hh.shape[1]
        total, total_out = np.zeros_like(G), 0
        back = np.zeros((H, 1))
        for t in range(x.shape[0] - 1, -1, -1):
            v, w, h, r, z, n, after = self.steps[t]
            e = self.results[t] - y[t][:, None]
            total_out = total_out + e @ after.T
            s = self.W_hy.T @ e + back
            s_n = s * (1 - z) * (1 - n**2)
            s_w = (G[2].T @ s_n)[I : I + H]
            s_r = s_w * h * r * (1 - r)
            s_z = s * (h - n) * z * (1 - z)
            total += np.stack([s_r @ v.T, s_z @ v.T, s_n @ w.T])
            if t < x.shape[0] - 16:
                break
            back = s * z + s_w * r + (G[0].T @ s_r + G[1].T @ s_z)[I : I + H]
        self.W_xh = self.W_xh - learning_rate * total[:, :, :I]
        self.W_hh = self.W_hh - learning_rate * total[:, :, I : I + H]
        self.b_h = self.b_h - learning_rate * total[:, :, -1:]
        self.W_hy = self.W_hy - learning_rate * total_out[:, :-1]
        self.b_y = self.b_y - learning_rate * total_out[:, -1:]
