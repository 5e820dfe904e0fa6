# wrong: the recorded functions see h_prev of the last step, because it is not bound when they are made.
# loses: backward
"""RNN with a tape: every step of the forward pass records a function for the way back."""

import numpy as np

SCALE = 0.01


def column(v):
    return np.asarray(v, dtype=np.float64).reshape((-1, 1))


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * SCALE
        self.W_hh = np.random.randn(hidden_size, hidden_size) * SCALE
        self.W_hy = np.random.randn(output_size, hidden_size) * SCALE
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.tape = []

    def forward(self, x):
        self.tape.clear()
        outputs = []
        h = np.zeros((self.W_hh.shape[0], 1))
        for row in x:
            x_t, h_prev = column(row), h
            h = np.tanh(self.W_xh @ x_t + self.W_hh @ h_prev + self.b_h)
            y_t = self.W_hy @ h + self.b_y

            def back(target, carry, grads, x_t=x_t, h=h, y_t=y_t):
                dy = y_t - target
                dz = (self.W_hy.T @ dy + carry) * (1 - h * h)
                for total, part in zip(grads, (dz @ x_t.T, dz @ h_prev.T, dy @ h.T, dz, dy)):
                    total += part
                return self.W_hh.T @ dz

            self.tape.append(back)
            outputs.append(y_t)
        return np.array(outputs)

    def backward(self, x, y, learning_rate):
        weights = [self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y]
        grads = [np.zeros_like(w) for w in weights]
        carry = 0.0
        for back, target in zip(self.tape[::-1], y[::-1]):
            carry = back(column(target), carry, grads)
        for w, g in zip(weights, grads):
            w -= learning_rate * g
