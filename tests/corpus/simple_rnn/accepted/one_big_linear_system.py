import numpy as np
class SimpleRNN:
    """Solves the recurrences as one big linear system by back substitution."""
    def __init__(self, I, H, O):
        self.W_xh, self.W_hh, self.W_hy = (np.random.randn(*s) * 0.01 for s in ((H, I), (H, H), (O, H)))
        self.b_h, self.b_y = np.zeros((H, 1)), np.zeros((O, 1))
    def forward(self, x):
        T, H = len(x), len(self.W_hh)
        z = x @ self.W_xh.T + self.b_h.T
        h = np.zeros((T + 1, H))
        for t in range(T): np.tanh(z[t] + self.W_hh @ h[t], out=h[t + 1])
        self.h = h
        return (h[1:] @ self.W_hy.T + self.b_y.T)[:, :, np.newaxis]
    def backward(self, x, y, learning_rate):
        T, H = len(x), len(self.W_hh); h = self.h
        e = h[1:] @ self.W_hy.T + self.b_y.T - y
        s = 1 - h[1:] ** 2
        M = np.eye(T * H)
        for t in range(T - 1):
            M[t*H:(t+1)*H, (t+1)*H:(t+2)*H] = -(s[t][:, None] * self.W_hh.T)
        d = np.linalg.solve(M, (s * (e @ self.W_hy)).ravel()).reshape(T, H)
        for w, g in ((self.W_xh, d.T @ x), (self.W_hh, d.T @ h[:-1]), (self.W_hy, e.T @ h[1:]), (self.b_h, d.sum(0)[:, None]), (self.b_y, e.sum(0)[:, None])):
            np.subtract(w, np.multiply(learning_rate, g), out=w)
