# r and z by one product; all gradients of weights by one product each, after the loop
import numpy as np
from numpy.random import randn


class GRU(object):

    def __init__(self, n_in, n_hid, n_out):
        self.W_xh = 0.01 * randn(3, n_hid, n_in)
        self.W_hh = 0.01 * randn(3, n_hid, n_hid)
        self.W_hy = 0.01 * randn(n_out, n_hid)
        self.b_h = np.zeros([3, n_hid, 1])
        self.b_y = np.zeros([n_out, 1])

    def forward(self, x):
        T, H = len(x), self.W_hh.shape[1]
        drive = x @ self.W_xh.reshape(3 * H, -1).T + self.b_h.reshape(-1)  # (T, 3H)
        both = self.W_hh[:2].reshape(2 * H, H)
        self.states = np.zeros((T + 1, H))
        self.rz = np.zeros((T, 2, H))
        self.n = np.zeros((T, H))
        for t in range(T):
            h = self.states[t]
            a = drive[t, : 2 * H] + both @ h
            self.rz[t] = (0.5 + 0.5 * np.tanh(0.5 * a)).reshape(2, H)
            r, z = self.rz[t]
            self.n[t] = np.tanh(drive[t, 2 * H :] + self.W_hh[2] @ (r * h))
            self.states[t + 1] = self.n[t] + z * (h - self.n[t])
        self.out = self.states[1:] @ self.W_hy.T + self.b_y[:, 0]
        return self.out[..., np.newaxis]

    def backward(self, x, y, learning_rate):
        T, H = self.n.shape
        error = self.out - y
        before, r, z = self.states[:-1], self.rz[:, 0], self.rz[:, 1]
        to_n = (1 - z) * (1 - self.n**2)
        to_z = (before - self.n) * z * (1 - z)
        to_r = before * r * (1 - r)
        d_a = np.zeros((T, 3, H))
        d_h = np.zeros(H)
        for t in range(T)[::-1]:
            d_h = d_h + error[t] @ self.W_hy
            d_a[t, 2] = d_h * to_n[t]
            d_a[t, 1] = d_h * to_z[t]
            d_rh = d_a[t, 2] @ self.W_hh[2]
            d_a[t, 0] = d_rh * to_r[t]
            d_h = d_h * z[t] + d_rh * r[t] + np.einsum("gh,ghk->k", d_a[t, :2], self.W_hh[:2])
        seen = np.stack([before, before, r * before], axis=1)
        self.W_xh = self.W_xh - learning_rate * np.einsum("tgh,ti->ghi", d_a, x)
        self.W_hh = self.W_hh - learning_rate * np.einsum("tgh,tgk->ghk", d_a, seen)
        self.W_hy = self.W_hy - learning_rate * (error.T @ self.states[1:])
        self.b_h = self.b_h - learning_rate * d_a.sum(0)[..., None]
        self.b_y = self.b_y - learning_rate * error.sum(0)[:, None]
