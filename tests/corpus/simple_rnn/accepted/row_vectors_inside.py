# Inside, vectors are rows of shape (1, H) and weights are used transposed; only the interface shows columns.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self._wx = np.random.randn(hidden_size, input_size).T * 0.01   # (I, H)
        self._wh = np.random.randn(hidden_size, hidden_size).T * 0.01  # (H, H)
        self._wy = np.random.randn(output_size, hidden_size).T * 0.01  # (H, O)
        self._bh = np.zeros((1, hidden_size))
        self._by = np.zeros((1, output_size))

    # the statement wants the transposed shapes; a transpose is a view, so writing into it works
    W_xh = property(lambda self: self._wx.T)
    W_hh = property(lambda self: self._wh.T)
    W_hy = property(lambda self: self._wy.T)
    b_h = property(lambda self: self._bh.T)
    b_y = property(lambda self: self._by.T)

    def forward(self, x):
        h = np.zeros_like(self._bh)
        self._hs = [h]
        ys = []
        for t in range(len(x)):
            h = np.tanh(x[t:t + 1] @ self._wx + h @ self._wh + self._bh)
            self._hs.append(h)
            ys.append(h @ self._wy + self._by)
        self._ys = np.concatenate(ys)           # (T, O)
        return self._ys[:, :, np.newaxis]

    def backward(self, x, y, learning_rate):
        e = self._ys - y
        gx, gh = np.zeros_like(self._wx), np.zeros_like(self._wh)
        gb = np.zeros_like(self._bh)
        back = np.zeros_like(self._bh)
        for t in range(len(x) - 1, -1, -1):
            h = self._hs[t + 1]
            d = (e[t:t + 1] @ self._wy.T + back) * (1 - h * h)
            gx += x[t:t + 1].T @ d
            gh += self._hs[t].T @ d
            gb += d
            back = d @ self._wh.T
        hs = np.concatenate(self._hs[1:])
        self._wy -= learning_rate * (hs.T @ e)
        self._by -= learning_rate * e.sum(axis=0, keepdims=True)
        self._wx -= learning_rate * gx
        self._wh -= learning_rate * gh
        self._bh -= learning_rate * gb
