# wrong: the error is divided by the number of steps.
# loses: backward
import numpy as np


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.asfortranarray(np.random.randn(3, hidden_size, input_size) * 0.01)
        self.W_hh = np.asfortranarray(np.random.randn(3, hidden_size, hidden_size) * 0.01)
        self.W_hy = np.asfortranarray(np.random.randn(output_size, hidden_size) * 0.01)
        self.b_h = np.zeros((3, hidden_size, 1), order="F")
        self.b_y = np.zeros((output_size, 1), order="F")

    def forward(self, x):
        T, H = x.shape[0], self.W_hh.shape[1]
        a = np.einsum("ghi,ti->thg", self.W_xh, x) + self.b_h[:, :, 0].T
        self.g = np.zeros((T, H, 3), order="F")
        self.h = np.zeros((T + 1, H), order="F")
        for t in range(T):
            h = self.h[t]
            rz = a[t, :, :2] + np.einsum("ghk,k->hg", self.W_hh[:2], h)
            self.g[t, :, :2] = np.reciprocal(1 + np.exp(-rz))
            r, z = self.g[t, :, 0], self.g[t, :, 1]
            self.g[t, :, 2] = np.tanh(a[t, :, 2] + np.einsum("hk,k,k->h", self.W_hh[2], r, h))
            self.h[t + 1] = self.g[t, :, 2] * (1 - z) + h * z
        self.y = np.einsum("oh,th->to", self.W_hy, self.h[1:]) + self.b_y[:, 0]
        return np.asfortranarray(self.y[:, :, None])

    def backward(self, x, y, learning_rate):
        T, H = x.shape[0], self.W_hh.shape[1]
        e = (self.y - y) / T
        pushed = np.einsum("to,oh->th", e, self.W_hy)
        d = np.zeros((T, H, 3), order="F")
        late = np.zeros(H)
        for t in reversed(range(T)):
            h, (r, z, n) = self.h[t], self.g[t].T
            s = pushed[t] + late
            d[t, :, 2] = s * (1 - z) * (1 - n * n)
            s_rh = np.einsum("hk,h->k", self.W_hh[2], d[t, :, 2])
            d[t, :, 0] = s_rh * h * r * (1 - r)
            d[t, :, 1] = s * (h - n) * z * (1 - z)
            late = s * z + s_rh * r + np.einsum("ghk,hg->k", self.W_hh[:2], d[t, :, :2])
        seen = np.stack([self.h[:-1], self.h[:-1], self.g[:, :, 0] * self.h[:-1]], axis=2)
        self.W_xh -= learning_rate * np.einsum("thg,ti->ghi", d, x)
        self.W_hh -= learning_rate * np.einsum("thg,tkg->ghk", d, seen)
        self.W_hy -= learning_rate * np.einsum("to,th->oh", e, self.h[1:])
        self.b_h -= learning_rate * np.einsum("thg->gh", d)[:, :, None]
        self.b_y -= learning_rate * e.sum(axis=0)[:, None]
