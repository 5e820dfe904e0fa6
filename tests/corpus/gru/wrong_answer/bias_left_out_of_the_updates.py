# wrong: b_h is missing among what the loop of the updates goes through.
# loses: backward
import numpy as np


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def sigmoid(self, a):
        return 1 / (1 + np.exp(-a))

    def forward(self, x):
        h = np.zeros((self.hidden_size, 1))
        self.hs = [h]
        self.rs, self.zs, self.ns, self.xs = [], [], [], []
        outputs = []
        for t in range(len(x)):
            xt = x[t].reshape(-1, 1)
            r = self.sigmoid(self.W_xh[0] @ xt + self.W_hh[0] @ h + self.b_h[0])
            z = self.sigmoid(self.W_xh[1] @ xt + self.W_hh[1] @ h + self.b_h[1])
            n = np.tanh(self.W_xh[2] @ xt + self.W_hh[2] @ (r * h) + self.b_h[2])
            h = (1 - z) * n + z * h
            y = self.W_hy @ h + self.b_y
            self.xs.append(xt)
            self.rs.append(r)
            self.zs.append(z)
            self.ns.append(n)
            self.hs.append(h)
            outputs.append(y)
        self.outputs = np.array(outputs)
        return self.outputs

    def backward(self, x, y, learning_rate):
        dW_xh = np.zeros_like(self.W_xh)
        dW_hh = np.zeros_like(self.W_hh)
        dW_hy = np.zeros_like(self.W_hy)
        db_h = np.zeros_like(self.b_h)
        db_y = np.zeros_like(self.b_y)
        dh_next = np.zeros((self.hidden_size, 1))
        for t in reversed(range(len(x))):
            xt, r, z, n = self.xs[t], self.rs[t], self.zs[t], self.ns[t]
            h_prev = self.hs[t]
            dy = self.outputs[t] - y[t].reshape(-1, 1)
            dW_hy += dy @ self.hs[t + 1].T
            db_y += dy
            dh = self.W_hy.T @ dy + dh_next
            dn = dh * (1 - z)
            dz = dh * (h_prev - n)
            da_n = dn * (1 - n ** 2)
            drh = self.W_hh[2].T @ da_n
            dr = drh * h_prev
            da_r = dr * r * (1 - r)
            da_z = dz * z * (1 - z)
            for k, da in enumerate([da_r, da_z, da_n]):
                dW_xh[k] += da @ xt.T
                db_h[k] += da
            dW_hh[0] += da_r @ h_prev.T
            dW_hh[1] += da_z @ h_prev.T
            dW_hh[2] += da_n @ (r * h_prev).T
            dh_next = dh * z + drh * r
            dh_next += self.W_hh[0].T @ da_r + self.W_hh[1].T @ da_z
        for w, g in [(self.W_xh, dW_xh), (self.W_hh, dW_hh), (self.W_hy, dW_hy), (self.b_y, db_y)]:
            w -= learning_rate * g
