# wrong: the proposed state adds r * h without the product with W_hh[2] (seen: mlpnlp/mlpnlp#3).
# loses: forward
import numpy as np

RESET, UPDATE, NEW = 0, 1, 2


def sig(a):
    return 1.0 / (1.0 + np.exp(-a))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def cell(self, x, h_old):
        pre = [self.W_xh[g] @ x + self.b_h[g] for g in range(3)]
        r = sig(pre[RESET] + self.W_hh[RESET] @ h_old)
        z = sig(pre[UPDATE] + self.W_hh[UPDATE] @ h_old)
        n = np.tanh(pre[NEW] + r * h_old)
        h_new = (1 - z) * n + z * h_old
        return r, z, n, h_new

    def forward(self, x):
        h = np.zeros((self.W_hh.shape[1], 1))
        self.steps, outputs = [], []
        for row in x:
            column = row[:, np.newaxis]
            r, z, n, h_new = self.cell(column, h)
            self.steps.append((column, h, r, z, n, h_new))
            h = h_new
            outputs.append(self.W_hy @ h + self.b_y)
        self.outputs = np.array(outputs)
        return self.outputs

    def backward(self, x, y, learning_rate):
        grads = {name: np.zeros_like(getattr(self, name)) for name in ("W_xh", "W_hh", "W_hy", "b_h", "b_y")}
        future = 0
        for (column, h_old, r, z, n, h_new), out, target in zip(self.steps[::-1], self.outputs[::-1], y[::-1]):
            e = out - target[:, np.newaxis]
            grads["W_hy"] += e @ h_new.T
            grads["b_y"] += e
            dh = self.W_hy.T @ e + future
            d_new = dh * (1 - z) * (1 - n * n)
            back = self.W_hh[NEW].T @ d_new
            d_update = dh * (h_old - n) * z * (1 - z)
            d_reset = back * h_old * r * (1 - r)
            for g, d, seen in ((RESET, d_reset, h_old), (UPDATE, d_update, h_old), (NEW, d_new, r * h_old)):
                grads["W_xh"][g] += d @ column.T
                grads["W_hh"][g] += d @ seen.T
                grads["b_h"][g] += d
            future = dh * z + back * r
            future = future + self.W_hh[RESET].T @ d_reset + self.W_hh[UPDATE].T @ d_update
        for name, gradient in grads.items():
            setattr(self, name, getattr(self, name) - learning_rate * gradient)
