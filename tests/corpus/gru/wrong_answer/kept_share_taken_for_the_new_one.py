# wrong: what goes straight back to the state before is multiplied by 1 - z, not by z (seen: ooples/AiDotNet#722).
# loses: backward
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.h, self.r, self.z, self.n, self.y = {-1: np.zeros_like(self.b_h[0])}, {}, {}, {}, {}
        for t in range(len(x)):
            x_t, h = x[t].reshape(-1, 1), self.h[t - 1]
            self.r[t] = sigmoid(self.W_xh[0] @ x_t + self.W_hh[0] @ h + self.b_h[0])
            self.z[t] = sigmoid(self.W_xh[1] @ x_t + self.W_hh[1] @ h + self.b_h[1])
            self.n[t] = np.tanh(self.W_xh[2] @ x_t + self.W_hh[2] @ (self.r[t] * h) + self.b_h[2])
            self.h[t] = (1 - self.z[t]) * self.n[t] + self.z[t] * h
            self.y[t] = self.W_hy @ self.h[t] + self.b_y
        return np.array([self.y[t] for t in range(len(x))])

    def backward(self, x, y, learning_rate):
        dW_xh, dW_hh, dW_hy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        db_h, db_y = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        dh_next = np.zeros_like(self.b_h[0])
        for t in reversed(range(len(x))):
            x_t, h_prev = x[t].reshape(-1, 1), self.h[t - 1]
            r, z, n = self.r[t], self.z[t], self.n[t]
            dy = self.y[t] - y[t].reshape(-1, 1)
            dW_hy += dy @ self.h[t].T
            db_y += dy
            dh = self.W_hy.T @ dy + dh_next
            # the new state
            dn = dh * (1 - z) * (1 - n**2)
            dW_xh[2] += dn @ x_t.T
            dW_hh[2] += dn @ (r * h_prev).T
            db_h[2] += dn
            drh = self.W_hh[2].T @ dn
            # the update gate
            dz = dh * (h_prev - n) * z * (1 - z)
            dW_xh[1] += dz @ x_t.T
            dW_hh[1] += dz @ h_prev.T
            db_h[1] += dz
            # the reset gate
            dr = drh * h_prev * r * (1 - r)
            dW_xh[0] += dr @ x_t.T
            dW_hh[0] += dr @ h_prev.T
            db_h[0] += dr
            # to the step before
            dh_next = dh * (1 - z) + drh * r
            dh_next += self.W_hh[1].T @ dz
            dh_next += self.W_hh[0].T @ dr
        for weight, gradient in (
            (self.W_xh, dW_xh),
            (self.W_hh, dW_hh),
            (self.W_hy, dW_hy),
            (self.b_h, db_h),
            (self.b_y, db_y),
        ):
            weight -= learning_rate * gradient
