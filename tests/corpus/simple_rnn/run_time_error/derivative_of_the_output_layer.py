# wrong: the hidden delta has 1 - tanh(z2)^2 of the output, not of the hidden z1 (seen: dennybritz/nn-from-scratch#3).
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        a1 = np.zeros_like(self.b_h)
        self.tape = []
        for x_t in x:
            before = a1
            z1 = self.W_xh @ x_t[:, None] + self.W_hh @ before + self.b_h
            a1 = np.tanh(z1)
            z2 = self.W_hy @ a1 + self.b_y
            self.tape.append((x_t[None, :], before, z1, a1, z2))
        return np.array([entry[-1] for entry in self.tape])

    def backward(self, x, y, learning_rate):
        dW1, dW, dW2 = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        db1, db2 = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        carried = np.zeros_like(self.b_h)
        for (x_t, before, z1, a1, z2), y_t in zip(reversed(self.tape), y[::-1]):
            delta3 = z2 - y_t[:, None]
            delta2 = (1 - np.tanh(z2) ** 2) * (self.W_hy.T @ delta3 + carried)
            dW2 += delta3 @ a1.T
            db2 += delta3
            dW1 += delta2 @ x_t
            dW += delta2 @ before.T
            db1 += delta2
            carried = self.W_hh.T @ delta2
        self.W_xh -= learning_rate * dW1
        self.W_hh -= learning_rate * dW
        self.W_hy -= learning_rate * dW2
        self.b_h -= learning_rate * db1
        self.b_y -= learning_rate * db2
