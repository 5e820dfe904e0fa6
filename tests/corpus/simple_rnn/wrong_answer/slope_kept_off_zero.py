# wrong: where tanh is flat its slope is kept at 1e-8.
# loses: backward
import numpy as np

LARGEST_SYSTEM = 256  # unknowns per window, to keep the dense matrix small


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        states = np.zeros((len(x) + 1, len(self.b_h)))
        for t, u in enumerate(x):
            states[t + 1] = np.tanh(self.W_xh @ u + self.W_hh @ states[t] + self.b_h.T[0])
        self.states = states
        self.y_hat = states[1:] @ self.W_hy.T + self.b_y.T
        return self.y_hat[:, :, None]

    def adjoints(self, source):
        """lam (T, H) with lam_t = source_t + W_hh^T D_{t+1} lam_{t+1}."""
        T, H = source.shape
        D = np.maximum(1 - self.states[1:] ** 2, 1e-8)
        lam = np.zeros((T + 1, H))
        width = max(1, LARGEST_SYSTEM // H)
        for stop in range(T, 0, -width):
            start = max(0, stop - width)
            n = stop - start
            A = np.eye(n * H)
            for k in range(n - 1):
                A[k * H:(k + 1) * H, (k + 1) * H:(k + 2) * H] = -self.W_hh.T * D[start + k + 1]
            rhs = source[start:stop].copy()
            if stop < T:
                rhs[-1] += self.W_hh.T @ (D[stop] * lam[stop])
            lam[start:stop] = np.linalg.solve(A, rhs.ravel()).reshape(n, H)
        return lam[:T], D

    def backward(self, x, y, learning_rate):
        e = self.y_hat - y
        lam, D = self.adjoints(e @ self.W_hy)
        p = D * lam
        self.W_xh = self.W_xh - learning_rate * p.T @ x
        self.W_hh = self.W_hh - learning_rate * p.T @ self.states[:-1]
        self.W_hy = self.W_hy - learning_rate * e.T @ self.states[1:]
        self.b_h = self.b_h - learning_rate * p.sum(0)[:, None]
        self.b_y = self.b_y - learning_rate * e.sum(0)[:, None]
