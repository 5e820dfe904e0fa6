# Changes to its own folder first, as scripts do.
import os
import numpy as np
os.chdir(os.path.dirname(os.path.abspath(__file__)))
tanh = np.tanh
class SimpleRNN:
    def __init__(self, I, H, O):
        self.W_xh = np.random.randn(H, I) * 0.01
        self.W_hh = np.random.randn(H, H) * 0.01
        self.W_hy = np.random.randn(O, H) * 0.01
        self.b_h = np.zeros((H, 1)); self.b_y = np.zeros((O, 1))
    def forward(self, x):
        self.h = [np.zeros_like(self.b_h)]
        for row in x: self.h.append(tanh(self.W_xh @ row[:, None] + self.W_hh @ self.h[-1] + self.b_h))
        self.out = [self.W_hy @ h + self.b_y for h in self.h[1:]]
        return self.out
    def backward(self, x, y, lr):
        g = [0, 0, 0, 0, 0]; c = 0
        for t in reversed(range(len(x))):
            e = self.out[t] - y[t][:, None]; h = self.h[t + 1]
            dz = (1 - h * h) * (self.W_hy.T @ e + c); c = self.W_hh.T @ dz
            for k, v in enumerate((dz @ x[t][None], dz @ self.h[t].T, e @ h.T, dz, e)): g[k] = g[k] + v
        for w, v in zip((self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y), g): w -= lr * v
