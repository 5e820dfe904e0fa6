# wrong: targets are not reversed.
# loses: backward
import numpy as np


def sigmoid(x):
    x = np.clip(x, -700, 700)
    return 1 / (1 + np.exp(-x))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.H = hidden_size

    def forward(self, x):
        self.memo = []
        h = np.zeros((self.H, 1))
        outs = []
        for x_t in x[:, :, None]:
            gates = sigmoid(self.W_xh[:2] @ x_t + self.W_hh[:2] @ h + self.b_h[:2])
            r, z = gates
            rh = r * h
            n = np.tanh(self.W_xh[2] @ x_t + self.W_hh[2] @ rh + self.b_h[2])
            h_new = (1 - z) * n + z * h
            y_hat = self.W_hy @ h_new + self.b_y
            self.memo.append([x_t, h, r, z, rh, n, h_new, y_hat])
            outs.append(y_hat)
            h = h_new
        return np.concatenate(outs).reshape(len(x), -1, 1)

    def bptt(self, y):
        dW_xh = np.zeros_like(self.W_xh)
        dW_hh = np.zeros_like(self.W_hh)
        dW_hy = np.zeros_like(self.W_hy)
        db_h = np.zeros_like(self.b_h)
        db_y = np.zeros_like(self.b_y)
        dh_next = np.zeros((self.H, 1))
        for step, target in zip(reversed(self.memo), y):
            x_t, h, r, z, rh, n, h_new, y_hat = step
            dy = y_hat - target[:, None]
            dW_hy += dy @ h_new.T
            db_y += dy
            dh = self.W_hy.T @ dy + dh_next
            dn = dh * (1 - z)
            dz = dh * (h - n)
            dh_before = dh * z
            # n
            dn_raw = dn * (1 - n * n)
            dW_xh[2] += dn_raw @ x_t.T
            dW_hh[2] += dn_raw @ rh.T
            db_h[2] += dn_raw
            drh = self.W_hh[2].T @ dn_raw
            dr = drh * h
            dh_before += drh * r
            # z
            dz_raw = dz * z * (1 - z)
            dW_xh[1] += dz_raw @ x_t.T
            dW_hh[1] += dz_raw @ h.T
            db_h[1] += dz_raw
            dh_before += self.W_hh[1].T @ dz_raw
            # r
            dr_raw = dr * r * (1 - r)
            dW_xh[0] += dr_raw @ x_t.T
            dW_hh[0] += dr_raw @ h.T
            db_h[0] += dr_raw
            dh_before += self.W_hh[0].T @ dr_raw
            dh_next = dh_before
        return dW_xh, dW_hh, dW_hy, db_h, db_y

    def backward(self, x, y, learning_rate):
        dW_xh, dW_hh, dW_hy, db_h, db_y = self.bptt(y)
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
