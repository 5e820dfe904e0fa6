# every step's part is subtracted at once; what is carried comes from the old weights.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.hs = [np.zeros_like(self.b_h)]
        ys = []
        for x_t in x:
            a = self.W_xh @ x_t.reshape(-1, 1) + self.W_hh @ self.hs[-1] + self.b_h
            self.hs.append(np.tanh(a))
            ys.append(self.W_hy @ self.hs[-1] + self.b_y)
        self.ys = np.array(ys)
        return self.ys

    def backward(self, x, y, learning_rate):
        W_hy, W_hh = self.W_hy.copy(), self.W_hh.copy()
        carry = np.zeros_like(self.b_h)
        for t in reversed(range(len(x))):
            dy = self.ys[t] - y[t].reshape(-1, 1)
            dh = W_hy.T @ dy + carry
            da = (1 - self.hs[t + 1] ** 2) * dh
            self.W_hy -= learning_rate * dy @ self.hs[t + 1].T
            self.b_y -= learning_rate * dy
            self.W_xh -= learning_rate * da @ x[t].reshape(1, -1)
            self.W_hh -= learning_rate * da @ self.hs[t].T
            self.b_h -= learning_rate * da
            carry = W_hh.T @ da
