# W_xh, W_hh and b_h are views into one matrix [W_xh W_hh b_h], and W_hy, b_y into [W_hy b_y].
import numpy as np

class SimpleRNN(object):
    def __init__(self, input_size, hidden_size, output_size):
        i, h, o = input_size, hidden_size, output_size
        self.A = np.zeros((h, i + h + 1))
        self.B = np.zeros((o, h + 1))
        # views! always write with [...], never rebind
        self.W_xh = self.A[:, :i]
        self.W_hh = self.A[:, i:i + h]
        self.b_h = self.A[:, -1:]
        self.W_hy = self.B[:, :h]
        self.b_y = self.B[:, -1:]
        for view in (self.W_xh, self.W_hh, self.W_hy):
            view[...] = np.random.randn(*view.shape) * 0.01

    def forward(self, x):
        one = np.ones((1, 1))
        h = np.zeros((self.A.shape[0], 1))
        self.left, self.right, out = [], [], []
        for row in x:
            z = np.vstack([row.reshape(-1, 1), h, one])
            h = np.tanh(self.A @ z)
            u = np.vstack([h, one])
            self.left.append(z)
            self.right.append(u)
            out.append(self.B @ u)
        self.out = np.array(out)
        return self.out

    def backward(self, x, y, learning_rate):
        i, h = x.shape[1], self.A.shape[0]
        dA, dB = np.zeros_like(self.A), np.zeros_like(self.B)
        carry = np.zeros((h, 1))
        for t in range(len(x) - 1, -1, -1):
            e = self.out[t] - y[t].reshape(-1, 1)
            dB += e @ self.right[t].T
            dh = (self.B.T @ e)[:h] + carry
            da = dh * (1 - self.right[t][:h] ** 2)
            dA += da @ self.left[t].T
            carry = (self.A.T @ da)[i:i + h]
        self.A -= learning_rate * dA
        self.B -= learning_rate * dB
