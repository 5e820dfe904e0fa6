# wrong: a term lacks the product with its weights.
# loses: backward
# keeps nothing but the states; gates are worked out again on the way back
import numpy as np


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        shapes = {
            "W_xh": (3, hidden_size, input_size),
            "W_hh": (3, hidden_size, hidden_size),
            "W_hy": (output_size, hidden_size),
        }
        for name, shape in shapes.items():
            setattr(self, name, np.random.normal(0, 0.01, shape))
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def gates(self, x_t, h):
        u = self.W_xh @ x_t + self.b_h
        r = self.sigmoid(u[0] + np.dot(self.W_hh[0], h))
        z = self.sigmoid(u[1] + np.dot(self.W_hh[1], h))
        n = np.tanh(u[2] + np.dot(self.W_hh[2], np.multiply(r, h)))
        return r, z, n

    @staticmethod
    def sigmoid(a):
        e = np.exp(-np.abs(a))
        return np.where(a >= 0, 1, e) / (1 + e)

    def forward(self, x):
        self.h = [np.zeros((self.b_h.shape[1], 1))]
        for t in range(x.shape[0]):
            _, z, n = self.gates(x[t : t + 1].T, self.h[-1])
            self.h.append(z * self.h[-1] + (1 - z) * n)
        return [self.W_hy.dot(h) + self.b_y for h in self.h[1:]]

    def backward(self, x, y, learning_rate):
        names = ["W_xh", "W_hh", "W_hy", "b_h", "b_y"]
        total = {name: 0 * getattr(self, name) for name in names}
        from_later = 0
        for t in range(x.shape[0] - 1, -1, -1):
            x_t, before, after = x[t : t + 1].T, self.h[t], self.h[t + 1]
            r, z, n = self.gates(x_t, before)
            error = self.W_hy.dot(after) + self.b_y - y[t : t + 1].T
            g = self.W_hy.T.dot(error) + from_later
            g_n = g * (1 - z) * (1 - n * n)
            g_rh = self.W_hh[2].T.dot(g_n)
            g_r = g_rh * before * r * (1 - r)
            g_z = g * (before - n) * z * (1 - z)
            from_later = (
                g * z + g_rh * r + g_r + self.W_hh[1].T.dot(g_z)
            )
            stacked = np.stack([g_r, g_z, g_n])
            total["W_xh"] += stacked * x_t.T
            total["W_hh"] += stacked * np.stack([before.T, before.T, (r * before).T])
            total["b_h"] += stacked
            total["W_hy"] += error * after.T
            total["b_y"] += error
        for name in names:
            setattr(self, name, getattr(self, name) - learning_rate * total[name])
