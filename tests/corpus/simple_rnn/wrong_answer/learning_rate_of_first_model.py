# wrong: the learning rate of the very first call is kept for all models.
# loses: conduct
import numpy as np


class SimpleRNN:
    learning_rate = None

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
        SimpleRNN.learning_rate = SimpleRNN.learning_rate or learning_rate
        learning_rate = SimpleRNN.learning_rate
        dW_xh, dW_hh, dW_hy, db_h, db_y = (
            np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y)
        )
        carry = np.zeros_like(self.b_h)
        for t in reversed(range(len(x))):
            dy = self.ys[t] - y[t].reshape(-1, 1)
            dh = self.W_hy.T @ dy + carry
            da = (1 - self.hs[t + 1] ** 2) * dh
            dW_hy += dy @ self.hs[t + 1].T
            db_y += dy
            dW_xh += da @ x[t].reshape(1, -1)
            dW_hh += da @ self.hs[t].T
            db_h += da
            carry = self.W_hh.T @ da
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
