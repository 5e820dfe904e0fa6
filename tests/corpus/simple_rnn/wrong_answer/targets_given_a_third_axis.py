# wrong: backward gives the array y itself another shape, so that its rows are columns.
# loses: conduct
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((self.W_hh.shape[0], 1))
        self.hs = [h]
        outputs = []
        for t in range(len(x)):
            h = np.tanh(self.W_xh @ x[t].reshape(-1, 1) + self.W_hh @ h + self.b_h)
            self.hs.append(h)
            outputs.append(self.W_hy @ h + self.b_y)
        self.outputs = np.array(outputs)
        return self.outputs

    def backward(self, x, y, learning_rate):
        dW_xh, dW_hh, dW_hy = (np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy))
        db_h, db_y = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        y.shape = (len(y), self.W_hy.shape[0], 1)
        carry = np.zeros_like(self.b_h)
        for t in range(len(x) - 1, -1, -1):
            dy = self.outputs[t] - y[t]
            dW_hy += dy @ self.hs[t + 1].T
            db_y += dy
            dh = self.W_hy.T @ dy + carry
            da = (1 - self.hs[t + 1] ** 2) * dh
            dW_xh += da @ x[t].reshape(1, -1)
            dW_hh += da @ self.hs[t].T
            db_h += da
            carry = self.W_hh.T @ da
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
