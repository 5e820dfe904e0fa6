# The steps come out of a generator into a deque that backward empties, so a second backward would find nothing.
from collections import deque

import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        H = hidden_size
        shapes = [(H, input_size), (H, H), (output_size, H)]
        self.W_xh, self.W_hh, self.W_hy = (np.random.randn(*s) * 0.01 for s in shapes)
        self.b_h, self.b_y = (np.zeros((n, 1)) for n in (H, output_size))
        self.memory = deque()

    def steps(self, x):
        h = np.zeros_like(self.b_h)
        for x_t in x:
            old = h
            h = np.tanh(self.W_xh @ x_t[:, None] + self.W_hh @ old + self.b_h)
            yield old, h, self.W_hy @ h + self.b_y

    def forward(self, x):
        self.memory = deque(self.steps(x))
        return np.array([out for _, _, out in self.memory])

    def backward(self, x, y, learning_rate):
        dW_xh = np.zeros_like(self.W_xh)
        dW_hh = np.zeros_like(self.W_hh)
        dW_hy = np.zeros_like(self.W_hy)
        db_h = np.zeros_like(self.b_h)
        db_y = np.zeros_like(self.b_y)
        carry = np.zeros_like(self.b_h)
        while self.memory:
            t = len(self.memory) - 1
            old, h, out = self.memory.pop()
            e = out - y[t][:, None]
            a = (self.W_hy.T @ e + carry) * (1 - h * h)
            carry = self.W_hh.T @ a
            dW_xh += a * x[t]
            dW_hh += a * old.T
            dW_hy += e * h.T
            db_h += a
            db_y += e
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
