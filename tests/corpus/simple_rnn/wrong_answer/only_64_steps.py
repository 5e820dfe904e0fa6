# wrong: only the first 64 time steps are computed, the rest of the outputs is the output bias.
# loses: forward
# needs: T>64: up to there every step is computed
import numpy as np
from numpy.random import randn


MAX_LEN = 64


class SimpleRNN(object):

    def __init__(self, n_in, n_hid, n_out):
        self.W_xh = 0.01 * randn(n_hid, n_in)
        self.W_hh = 0.01 * randn(n_hid, n_hid)
        self.W_hy = 0.01 * randn(n_out, n_hid)
        self.b_h = np.zeros([n_hid, 1])
        self.b_y = np.zeros([n_out, 1])

    def forward(self, x):
        X = np.asarray(x, dtype=float)
        n_steps = X.shape[0]
        n_hid = self.W_hh.shape[0]
        # row 0 of H is the state before the first step
        H = np.zeros((n_steps + 1, n_hid))
        Z = X @ self.W_xh.T + self.b_h.T
        for t in range(min(n_steps, MAX_LEN)):
            H[t + 1] = np.tanh(Z[t] + self.W_hh @ H[t])
        Y = H[1:] @ self.W_hy.T + self.b_y.T
        self.H, self.Y = H, Y
        return Y[:, :, np.newaxis]

    def backward(self, x, y, learning_rate):
        X = np.asarray(x, dtype=float)
        H, n_steps = self.H, len(X)
        E = self.Y - y
        dZ = E @ self.W_hy
        D = 1.0 - H[1:] ** 2
        dZ[-1] *= D[-1]
        for t in range(n_steps - 2, -1, -1):
            dZ[t] += dZ[t + 1] @ self.W_hh
            dZ[t] *= D[t]
        g_xh = dZ.T @ X
        g_hh = dZ.T @ H[:-1]
        g_hy = E.T @ H[1:]
        g_bh = dZ.sum(axis=0)[:, None]
        g_by = E.sum(axis=0)[:, None]
        self.W_xh -= learning_rate * g_xh
        self.W_hh -= learning_rate * g_hh
        self.W_hy -= learning_rate * g_hy
        self.b_h -= learning_rate * g_bh
        self.b_y -= learning_rate * g_by
