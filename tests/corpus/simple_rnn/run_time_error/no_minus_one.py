# wrong: the zero state hidden[-1] before the first step is never stored, KeyError at t = 0.
import numpy as np


class SimpleRNN:
    """Vanilla RNN, one sequence at a time."""

    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size

        # small random weights
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01

        # biases
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.inputs, self.hidden, self.preds = {}, {}, {}
        T = len(x)
        for t in range(T):
            self.inputs[t] = x[t].reshape(-1, 1)
            self.hidden[t] = np.tanh(np.dot(self.W_xh, self.inputs[t]) + np.dot(self.W_hh, self.hidden[t - 1]) + self.b_h)
            self.preds[t] = np.dot(self.W_hy, self.hidden[t]) + self.b_y
        return np.array(list(self.preds.values()))

    def backward(self, x, y, learning_rate):
        dWxh, dWhh, dWhy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        dbh, dby = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        dh_next = np.zeros_like(self.hidden[0])

        for t in reversed(range(len(x))):
            dy = self.preds[t] - y[t].reshape(-1, 1)
            dWhy += np.dot(dy, self.hidden[t].T)
            dby += dy
            dh = np.dot(self.W_hy.T, dy) + dh_next   # backprop into h
            dz = (1 - self.hidden[t] * self.hidden[t]) * dh   # through tanh
            dbh += dz
            dWxh += np.dot(dz, self.inputs[t].T)
            dWhh += np.dot(dz, self.hidden[t - 1].T)
            dh_next = np.dot(self.W_hh.T, dz)

        # gradient descent
        for param, dparam in zip([self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y],
                                 [dWxh, dWhh, dWhy, dbh, dby]):
            param -= learning_rate * dparam
