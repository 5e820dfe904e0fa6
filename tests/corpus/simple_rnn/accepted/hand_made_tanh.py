# tanh is written by hand with expm1 so that it neither overflows nor cancels; its derivative is (1-h)(1+h).
import numpy as np


def tanh(z):
    # tanh|z| = (1 - e) / (1 + e) with e = exp(-2|z|); expm1 keeps small z exact
    m = np.expm1(-2.0 * np.abs(z))
    return np.copysign(m / (2.0 + m), z)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) / 100
        self.W_hh = np.random.randn(hidden_size, hidden_size) / 100
        self.W_hy = np.random.randn(output_size, hidden_size) / 100
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.hidden = [np.zeros((self.W_hh.shape[0], 1))]
        self.prediction = []
        for x_t in x:
            z = self.W_xh @ np.c_[x_t] + self.W_hh @ self.hidden[-1] + self.b_h
            self.hidden.append(tanh(z))
            self.prediction.append(self.W_hy @ self.hidden[-1] + self.b_y)
        return np.array(self.prediction)

    def backward(self, x, y, learning_rate):
        grads = [np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y)]
        g = 0
        for t in reversed(range(len(x))):
            error = self.prediction[t] - np.c_[y[t]]
            h = self.hidden[t + 1]
            delta = (self.W_hy.T @ error + g) * ((1 - h) * (1 + h))
            g = self.W_hh.T @ delta
            new = (delta * x[t], delta * self.hidden[t].T, error * h.T, delta, error)
            grads = [a + b for a, b in zip(grads, new)]
        self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y = (
            w - learning_rate * d
            for w, d in zip((self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y), grads)
        )
