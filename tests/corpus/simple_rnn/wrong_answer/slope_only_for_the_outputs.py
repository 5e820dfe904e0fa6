# wrong: gradient that comes from the next step lacks the slope.
# loses: backward
"""The trace is one complex array: states in the real part, their slopes in the imaginary part."""
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        T, H = len(x), len(self.b_h)
        self.trace = np.zeros((H, T + 1), dtype=complex)
        np.einsum("hi,ti->ht", self.W_xh, x, out=self.trace.real[:, 1:])
        for t in range(1, T + 1):
            column = self.trace[:, t]
            column.real += self.W_hh @ self.trace.real[:, t - 1]
            column.real += self.b_h[:, 0]
            column.real = np.tanh(column.real)
            column.imag = 1 - column.real**2
        self.answers = self.W_hy @ self.trace.real[:, 1:] + self.b_y
        return np.ascontiguousarray(self.answers.T)[:, :, None]

    def backward(self, x, y, learning_rate):
        misses = self.answers - y.T
        delta = (self.W_hy.T @ misses) * self.trace.imag[:, 1:]
        for t in range(delta.shape[1] - 1, 0, -1):
            delta[:, t - 1] += delta[:, t] @ self.W_hh
        step = lambda gradient: learning_rate * gradient
        self.W_xh = self.W_xh - step(delta @ x)
        self.W_hh = self.W_hh - step(delta @ self.trace.real[:, :-1].T)
        self.W_hy = self.W_hy - step(misses @ self.trace.real[:, 1:].T)
        self.b_h = self.b_h - step(delta @ np.ones((len(x), 1)))
        self.b_y = self.b_y - step(misses @ np.ones((len(x), 1)))
