# wrong: the gradient of b_y is added to itself and so stays zero (seen: javaidnabi31/RNN-from-scratch#2).
# loses: backward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.h = {-1: np.zeros((self.hidden_size, 1))}
        self.o = {}
        for t, x_t in enumerate(x):
            a = self.W_xh @ x_t.reshape(-1, 1) + self.W_hh @ self.h[t - 1] + self.b_h
            self.h[t] = np.tanh(a)
            self.o[t] = self.W_hy @ self.h[t] + self.b_y
        return np.array([self.o[t] for t in range(len(x))])

    def backward(self, x, y, learning_rate):
        dU = np.zeros_like(self.W_xh)
        dW = np.zeros_like(self.W_hh)
        dV = np.zeros_like(self.W_hy)
        db = np.zeros_like(self.b_h)
        dc = np.zeros_like(self.b_y)
        dh_next = np.zeros((self.hidden_size, 1))
        for t in reversed(range(len(x))):
            dy = self.o[t] - y[t].reshape(-1, 1)
            dV += dy @ self.h[t].T
            dc += dc
            dh = self.W_hy.T @ dy + dh_next
            da = (1 - self.h[t] ** 2) * dh
            db += da
            dU += da @ x[t].reshape(1, -1)
            dW += da @ self.h[t - 1].T
            dh_next = self.W_hh.T @ da
        self.W_xh -= learning_rate * dU
        self.W_hh -= learning_rate * dW
        self.W_hy -= learning_rate * dV
        self.b_h -= learning_rate * db
        self.b_y -= learning_rate * dc
