# no way back in time: the derivatives of the state by every weight go along with it
import numpy as np


def squash(a):
    return 1.0 / (1.0 + np.exp(-a))


class GRU:
    def __init__(self, I, H, O):
        self.W_xh, self.W_hh = 0.01 * np.random.randn(3, H, I), 0.01 * np.random.randn(3, H, H)
        self.W_hy = 0.01 * np.random.randn(O, H)
        self.b_h, self.b_y = np.zeros((3, H, 1)), np.zeros((O, 1))

    def step(self, row, h):
        u = np.einsum("ghi,i->gh", self.W_xh, row) + self.b_h[:, :, 0]
        r, z = squash(u[0] + self.W_hh[0] @ h), squash(u[1] + self.W_hh[1] @ h)
        return r, z, np.tanh(u[2] + self.W_hh[2] @ (r * h))

    def forward(self, x):
        h, found = np.zeros(self.W_hh.shape[-1]), []
        for row in x:
            _, z, n = self.step(row, h)
            h = (1 - z) * n + z * h
            found.append(self.W_hy @ h + self.b_y[:, 0])
        self.found = np.array(found)
        return self.found[:, :, None]

    def backward(self, x, y, learning_rate):
        H, I = self.W_xh.shape[1:]
        eye = np.eye(H)
        d_h = np.zeros((H, 3, H, I + H + 1))  # dh / d[W_xh, W_hh, b_h]
        h = np.zeros(H)
        total = np.zeros((3, H, I + H + 1))
        d_out, d_bias = np.zeros_like(self.W_hy), np.zeros_like(self.b_y)
        for row, target, out in zip(x, y, self.found):
            r, z, n = self.step(row, h)

            def own(gate, seen):
                part = np.zeros((H, 3, H, I + H + 1))
                part[:, gate] = eye[:, :, None] * np.concatenate([row, seen, [1.0]])
                return part

            wide = (slice(None), None, None, None)
            d_r = (r * (1 - r))[wide] * (own(0, h) + np.tensordot(self.W_hh[0], d_h, 1))
            d_z = (z * (1 - z))[wide] * (own(1, h) + np.tensordot(self.W_hh[1], d_h, 1))
            d_rh = d_r * h[wide] + r[wide] * d_h
            d_n = (1 - n**2)[wide] * (own(2, r * h) + np.tensordot(self.W_hh[2], d_rh, 1))
            d_h = (1 - z)[wide] * d_n + z[wide] * d_h + (h - n)[wide] * d_z
            h = (1 - z) * n + z * h
            error = out - target
            total += np.tensordot(error @ self.W_hy, d_h, 1)
            d_out += np.outer(error, h)
            d_bias[:, 0] += error
        self.W_xh -= learning_rate * total[..., :I]
        self.W_hh -= learning_rate * total[..., I : I + H]
        self.b_h -= learning_rate * total[..., -1:]
        self.W_hy -= learning_rate * d_out
        self.b_y -= learning_rate * d_bias
