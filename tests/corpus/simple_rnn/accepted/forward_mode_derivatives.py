import numpy as np
class SimpleRNN:
    """Gradient by forward-mode (one perturbation at a time, dual numbers)."""
    names = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")
    def __init__(self, I, H, O):
        self.W_xh = np.random.randn(H, I) * 0.01; self.W_hh = np.random.randn(H, H) * 0.01; self.W_hy = np.random.randn(O, H) * 0.01
        self.b_h = np.zeros((H, 1)); self.b_y = np.zeros((O, 1))
    def forward(self, x):
        h = np.zeros_like(self.b_h); out = []
        for v in x: h = np.tanh(self.W_xh @ v[:, None] + self.W_hh @ h + self.b_h); out.append(self.W_hy @ h + self.b_y)
        return np.array(out)
    def backward(self, x, y, learning_rate):
        g = {}
        for n in self.names:
            w = getattr(self, n); N = w.size; g[n] = np.zeros(N)
            d = {m: np.zeros((N,) + getattr(self, m).shape) for m in self.names}
            d[n].reshape(N, -1)[np.arange(N), np.arange(N)] = 1
            h = np.zeros_like(self.b_h); dh = np.zeros((N,) + h.shape)
            for v, t in zip(x, y):
                da = d["W_xh"] @ v[:, None] + d["W_hh"] @ h + self.W_hh @ dh + d["b_h"]
                h = np.tanh(self.W_xh @ v[:, None] + self.W_hh @ h + self.b_h); dh = (1 - h * h) * da
                e = self.W_hy @ h + self.b_y - t[:, None]
                g[n] += ((d["W_hy"] @ h + self.W_hy @ dh + d["b_y"]) * e).sum((1, 2))
        for n in self.names: setattr(self, n, getattr(self, n) - learning_rate * g[n].reshape(getattr(self, n).shape))
