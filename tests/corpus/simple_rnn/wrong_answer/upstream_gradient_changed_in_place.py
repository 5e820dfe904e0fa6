# wrong: a helper multiplies the upstream gradient by the tanh derivative in place, so the parameters get the derivative twice.
# loses: backward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        T, H = len(x), len(self.b_h)
        self.h = np.zeros((T + 1, H))
        for t in range(T):
            self.h[t + 1] = np.tanh(x[t] @ self.W_xh.T + self.h[t] @ self.W_hh.T + self.b_h.T[0])
        self.scores = self.h[1:] @ self.W_hy.T + self.b_y.T
        return self.scores.reshape(T, -1, 1).copy()

    def step_backward(self, dnext_h, t):
        """Gradient of one time step; dnext_h is the upstream gradient of h_t."""
        dnext_h *= 1 - self.h[t + 1] ** 2
        return dnext_h, dnext_h @ self.W_hh

    def backward(self, x, y, learning_rate):
        T = len(x)
        dscores = self.scores - y
        dh = dscores @ self.W_hy
        dz = np.zeros_like(dh)
        dprev = np.zeros(dh.shape[1])
        total = np.zeros_like(dh)
        for t in range(T - 1, -1, -1):
            upstream = dh[t]
            upstream += dprev
            dz[t], dprev = self.step_backward(upstream, t)
            total[t] = upstream
        # chain rule through tanh for the parameters
        dz = total * (1 - self.h[1:] ** 2)
        self.W_xh -= learning_rate * (dz.T @ x)
        self.W_hh -= learning_rate * (dz.T @ self.h[:-1])
        self.W_hy -= learning_rate * (dscores.T @ self.h[1:])
        self.b_h -= learning_rate * dz.sum(0)[:, None]
        self.b_y -= learning_rate * dscores.sum(0)[:, None]
