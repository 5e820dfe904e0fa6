# Buffers for 128 steps are allocated once, everything is written with out=, and forward returns a view of its buffer.
import numpy as np

MAX_T = 128


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        H, I, O = hidden_size, input_size, output_size
        self.W_xh = np.random.randn(H, I)
        self.W_hh = np.random.randn(H, H)
        self.W_hy = np.random.randn(O, H)
        for W in (self.W_xh, self.W_hh, self.W_hy):
            np.multiply(W, 0.01, out=W)
        self.b_h = np.zeros((H, 1))
        self.b_y = np.zeros((O, 1))
        self._h = np.zeros((MAX_T + 1, H, 1))
        self._a = np.empty((MAX_T, H, 1))
        self._y = np.empty((MAX_T, O, 1))
        self._e = np.empty((MAX_T, O, 1))
        self._slope = np.empty((MAX_T, H, 1))
        self._tmp = np.empty((H, 1))
        self._carry = np.empty((H, 1))

    def forward(self, x):
        T = x.shape[0]
        for t in range(T):
            a = self._a[t]
            np.matmul(self.W_xh, x[t, :, None], out=a)
            np.matmul(self.W_hh, self._h[t], out=self._tmp)
            np.add(a, self._tmp, out=a)
            np.add(a, self.b_h, out=a)
            np.tanh(a, out=self._h[t + 1])
        out = self._y[:T]
        np.matmul(self.W_hy, self._h[1:T + 1], out=out)
        np.add(out, self.b_y, out=out)
        return out

    def backward(self, x, y, learning_rate):
        T = x.shape[0]
        e, s, h = self._e[:T], self._slope[:T], self._h
        np.subtract(self._y[:T], y[:, :, None], out=e)
        np.square(h[1:T + 1], out=s)
        np.subtract(1.0, s, out=s)
        d = self._a[:T]  # the pre-activations are not needed any more
        self._carry.fill(0.0)
        for t in range(T - 1, -1, -1):
            np.matmul(self.W_hy.T, e[t], out=d[t])
            np.add(d[t], self._carry, out=d[t])
            np.multiply(d[t], s[t], out=d[t])
            np.matmul(self.W_hh.T, d[t], out=self._carry)
        d2, e2, h2 = d[:, :, 0], e[:, :, 0], h[:, :, 0]
        self.W_xh -= learning_rate * np.matmul(d2.T, x)
        self.W_hh -= learning_rate * np.matmul(d2.T, h2[:T])
        self.W_hy -= learning_rate * np.matmul(e2.T, h2[1:T + 1])
        self.b_h -= learning_rate * d.sum(axis=0)
        self.b_y -= learning_rate * e.sum(axis=0)
