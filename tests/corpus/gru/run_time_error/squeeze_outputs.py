# wrong: squeeze removes every axis of length 1, the output axis too when O = 1.
import numpy as np


def sig(a):
    return 1 / (1 + np.exp(-a))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        _, H, _ = self.W_hh.shape
        T = len(x)
        feed = np.einsum("ghi,ti->tgh", self.W_xh, x)
        feed = feed + self.b_h[:, :, 0]
        W_gates = self.W_hh[:2].reshape(2 * H, H)
        self.h = np.zeros((T + 1, H))
        self.rz = np.zeros((T, 2, H))
        self.n = np.zeros((T, H))
        for t in range(T):
            prev = self.h[t]
            self.rz[t] = sig(feed[t, :2] + (W_gates @ prev).reshape(2, H))
            r, z = self.rz[t]
            self.n[t] = np.tanh(feed[t, 2] + self.W_hh[2] @ (r * prev))
            self.h[t + 1] = (1 - z) * self.n[t] + z * prev
        y = np.einsum("oh,th->to", self.W_hy, self.h[1:])
        self.y = y[:, :, None] + self.b_y
        return self.y

    def backward(self, x, y, learning_rate):
        T, H = self.n.shape
        miss = np.squeeze(self.y) - y
        W_gates = self.W_hh[:2].reshape(2 * H, H)
        da = np.zeros((T, 3, H))
        operand = np.zeros((T, 3, H))
        dh = np.zeros(H)
        for t in range(T - 1, -1, -1):
            prev, n = self.h[t], self.n[t]
            r, z = self.rz[t]
            dh = dh + self.W_hy.T @ miss[t]
            da[t, 2] = dh * (1 - z) * (1 - n ** 2)
            drh = self.W_hh[2].T @ da[t, 2]
            da[t, 0] = drh * prev
            da[t, 1] = dh * (prev - n)
            da[t, :2] *= self.rz[t] * (1 - self.rz[t])
            operand[t] = prev, prev, r * prev
            dh = dh * z + drh * r + W_gates.T @ da[t, :2].ravel()
        grads = {
            "W_xh": np.einsum("tgh,ti->ghi", da, x),
            "W_hh": np.einsum("tgh,tgk->ghk", da, operand),
            "W_hy": np.einsum("to,th->oh", miss, self.h[1:]),
            "b_h": da.sum(axis=0)[:, :, None],
            "b_y": miss.sum(axis=0)[:, None],
        }
        for name in grads:
            setattr(self, name, getattr(self, name) - learning_rate * grads[name])
