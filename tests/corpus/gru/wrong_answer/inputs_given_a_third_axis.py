# wrong: forward gives the array x itself another shape, so that its rows are columns.
# loses: conduct
import numpy as np


def sigmoid(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        x.shape = (len(x), self.W_xh.shape[2], 1)
        h = np.zeros((self.W_hh.shape[1], 1))
        self.steps = []
        outputs = []
        for t in range(len(x)):
            x_t = x[t]
            r = sigmoid(self.W_xh[0] @ x_t + self.W_hh[0] @ h + self.b_h[0])
            z = sigmoid(self.W_xh[1] @ x_t + self.W_hh[1] @ h + self.b_h[1])
            n = np.tanh(self.W_xh[2] @ x_t + self.W_hh[2] @ (r * h) + self.b_h[2])
            new = (1 - z) * n + z * h
            self.steps.append((x_t, h, r, z, n, new))
            h = new
            outputs.append(self.W_hy @ h + self.b_y)
        self.outputs = np.array(outputs)
        return self.outputs

    def backward(self, x, y, learning_rate):
        dW_xh, dW_hh, dW_hy = (np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy))
        db_h, db_y = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        carry = np.zeros_like(self.b_h[0])
        for t in range(len(x) - 1, -1, -1):
            x_t, h, r, z, n, new = self.steps[t]
            dy = self.outputs[t] - y[t].reshape(-1, 1)
            dW_hy += dy @ new.T
            db_y += dy
            dh = self.W_hy.T @ dy + carry
            dn = dh * (1 - z) * (1 - n ** 2)
            drh = self.W_hh[2].T @ dn
            dr = drh * h * r * (1 - r)
            dz = dh * (h - n) * z * (1 - z)
            for k, (d, before) in enumerate(((dr, h), (dz, h), (dn, r * h))):
                dW_xh[k] += d @ x_t.T
                dW_hh[k] += d @ before.T
                db_h[k] += d
            carry = dh * z + drh * r + self.W_hh[0].T @ dr + self.W_hh[1].T @ dz
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
