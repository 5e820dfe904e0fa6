# wrong: on the way back a unit's own delta stands for those of all units (seen: ooples/AiDotNet#722).
# loses: backward
import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        hidden = len(self.b_h[0])
        h = np.zeros((hidden, 1))
        self.cache = []
        result = []
        for t in range(x.shape[0]):
            x_t = x[t : t + 1].T
            r = sigmoid(self.W_xh[0].dot(x_t) + self.W_hh[0].dot(h) + self.b_h[0])
            z = sigmoid(self.W_xh[1].dot(x_t) + self.W_hh[1].dot(h) + self.b_h[1])
            n = np.tanh(self.W_xh[2].dot(x_t) + self.W_hh[2].dot(r * h) + self.b_h[2])
            previous, h = h, (1 - z) * n + z * h
            y = self.W_hy.dot(h) + self.b_y
            self.cache.append((x_t, previous, r, z, n, h, y))
            result.append(y)
        return result

    def backward(self, x, y, learning_rate):
        hidden = len(self.b_h[0])
        g_x, g_h, g_y = 0 * self.W_xh, 0 * self.W_hh, 0 * self.W_hy
        g_b, g_c = 0 * self.b_h, 0 * self.b_y
        d_h = np.zeros((hidden, 1))
        for t in range(x.shape[0] - 1, -1, -1):
            x_t, previous, r, z, n, h, out = self.cache[t]
            error = out - y[t : t + 1].T
            g_y += error.dot(h.T)
            g_c += error
            d_h = d_h + self.W_hy.T.dot(error)
            d_n = d_h * (1 - z) * (1 - n * n)
            d_z = d_h * (previous - n) * z * (1 - z)
            d_product = self.W_hh[2].T.dot(d_n)
            d_r = d_product * previous * r * (1 - r)
            d_prev = d_h * z + d_product * r
            for i in range(hidden):  # through both gates, unit by unit
                for j in range(hidden):
                    d_prev[i] += d_r[i] * self.W_hh[0, j, i]
                    d_prev[i] += d_z[i] * self.W_hh[1, j, i]
            for g, d in enumerate((d_r, d_z, d_n)):
                g_x[g] += d.dot(x_t.T)
                g_h[g] += d.dot((r * previous if g == 2 else previous).T)
                g_b[g] += d
            d_h = d_prev
        self.W_xh -= learning_rate * g_x
        self.W_hh -= learning_rate * g_h
        self.W_hy -= learning_rate * g_y
        self.b_h -= learning_rate * g_b
        self.b_y -= learning_rate * g_c
