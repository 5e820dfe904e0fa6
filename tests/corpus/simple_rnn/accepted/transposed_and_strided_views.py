import numpy as np
class SimpleRNN:
    def __init__(self, i, h, o, *, seed=None, **kw):
        self._a = np.asfortranarray(np.random.randn(h, i) * 0.01).T
        self._r = (np.random.randn(h, h) * 0.01).T
        big = np.zeros((2*o, 3*h)); big[::2, ::3] = np.random.randn(o, h) * 0.01
        self._big = big
        self._b = np.zeros(h + o)
    W_xh = property(lambda s: s._a.T)
    W_hh = property(lambda s: s._r.T)
    W_hy = property(lambda s: s._big[::2, ::3])
    b_h = property(lambda s: s._b[: s._r.shape[0]].reshape(-1, 1))
    b_y = property(lambda s: s._b[s._r.shape[0]:, None])
    def forward(self, x):
        hs = [np.zeros(len(self._r))]
        for v in x: hs.append(np.tanh(v @ self._a + hs[-1] @ self._r + self.b_h[:, 0]))
        self._h = np.array(hs); self._x = x
        return (self._h[1:] @ self.W_hy.T + self.b_y.T)[..., None]
    def backward(self, x, y, learning_rate=0.01):
        e = (self._h[1:] @ self.W_hy.T + self.b_y.T) - y
        g = np.empty_like(self._h[1:]); c = 0
        for t in range(len(x))[::-1]:
            g[t] = (e[t] @ self.W_hy + c) * (1 - self._h[t+1]) * (1 + self._h[t+1]); c = self._r @ g[t]
        hy = e.T @ self._h[1:]
        self._a -= learning_rate * x.T @ g
        self._r -= learning_rate * self._h[:-1].T @ g
        self._big[::2, ::3] -= learning_rate * hy
        self._b -= learning_rate * np.r_[g.sum(0), e.sum(0)]
