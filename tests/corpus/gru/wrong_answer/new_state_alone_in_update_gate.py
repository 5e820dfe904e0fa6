# wrong: the gradient of z forgets the state that is kept.
# loses: backward
import numpy as np


class GRU:
    def __init__(self, d_in, d_h, d_out):
        self.W_xh = np.random.randn(3, d_h, d_in) / 100
        self.W_hh = np.random.randn(3, d_h, d_h) / 100
        self.W_hy = np.random.randn(d_out, d_h) / 100
        self.b_h = np.zeros((3, d_h, 1))
        self.b_y = np.zeros((d_out, 1))

    def forward(self, x):
        def sig(v):
            return 0.5 * (1 + np.tanh(v / 2))

        self.h = np.zeros((len(x) + 1, self.b_h.shape[1]))
        self.g = np.zeros((len(x), *self.b_h.shape[:2]))
        for t, x_t in enumerate(x):
            a = (self.W_xh @ x_t[:, None] + self.b_h)[:, :, 0]
            h = self.h[t]
            r, z = sig(a[0] + self.W_hh[0] @ h), sig(a[1] + self.W_hh[1] @ h)
            n = np.tanh(a[2] + self.W_hh[2] @ (r * h))
            self.g[t] = r, z, n
            self.h[t + 1] = (1 - z) * n + z * h
        self.y_hat = self.h[1:] @ self.W_hy.T + self.b_y.T
        return self.y_hat[:, :, None]

    def jacobian(self, t):
        (r, z, n), h = self.g[t], self.h[t]
        W_r, W_z, W_n = self.W_hh
        by_reset = np.diag(r) + np.diag(h * r * (1 - r)) @ W_r  # d(r * h)/dh
        by_new = np.diag(1 - n**2) @ W_n @ by_reset
        by_update = np.diag(z * (1 - z)) @ W_z
        return np.diag(z) + np.diag(1 - z) @ by_new + np.diag(h - n) @ by_update

    def backward(self, x, y, learning_rate):
        T = len(x)
        e = self.y_hat - y
        direct = e @ self.W_hy
        dh = np.zeros_like(direct)
        for t in range(T - 1, -1, -1):
            dh[t] = direct[t] + (dh[t + 1] @ self.jacobian(t + 1) if t + 1 < T else 0)
        before = self.h[:-1]
        r, z, n = (self.g[:, k] for k in range(3))
        dn = dh * (1 - z) * (1 - n**2)
        dz = dh * -n * z * (1 - z)
        dr = (dn @ self.W_hh[2]) * before * r * (1 - r)
        deltas = (dr, dz, dn)
        gW = np.array([d.T @ x for d in deltas])
        gU = np.array([d.T @ s for d, s in zip(deltas, (before, before, r * before))])
        gb = np.array([d.sum(axis=0) for d in deltas])[:, :, None]
        self.W_xh -= learning_rate * gW
        self.W_hh -= learning_rate * gU
        self.W_hy -= learning_rate * (e.T @ self.h[1:])
        self.b_h -= learning_rate * gb
        self.b_y -= learning_rate * e.sum(axis=0)[:, None]
