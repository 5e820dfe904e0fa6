# Keeps only every eighth hidden state and recomputes the ones between while going back.
import numpy as np

EVERY = 8


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def advance(self, x, h):
        """hidden states after each row of x, h itself first"""
        states = [h]
        for row in x:
            states.append(np.tanh(self.W_xh @ row[:, None] + self.W_hh @ states[-1] + self.b_h))
        return states

    def forward(self, x):
        self.saved = []
        out = np.empty((len(x), len(self.b_y), 1))
        h = np.zeros_like(self.b_h)
        for start in range(0, len(x), EVERY):
            self.saved.append(h)
            states = self.advance(x[start:start + EVERY], h)
            out[start:start + EVERY] = self.W_hy @ np.array(states[1:]) + self.b_y
            h = states[-1]
        return out

    def backward(self, x, y, learning_rate):
        grads = {n: np.zeros_like(getattr(self, n)) for n in ("W_xh", "W_hh", "W_hy", "b_h", "b_y")}
        carry = np.zeros_like(self.b_h)
        for k in reversed(range(len(self.saved))):
            block = slice(k * EVERY, (k + 1) * EVERY)
            states = self.advance(x[block], self.saved[k])
            for u, target, before, h in list(zip(x[block], y[block], states, states[1:]))[::-1]:
                e = self.W_hy @ h + self.b_y - target[:, None]
                a = (1 - h * h) * (self.W_hy.T @ e + carry)
                carry = self.W_hh.T @ a
                grads["W_xh"] += a * u
                grads["W_hh"] += a * before.T
                grads["W_hy"] += e * h.T
                grads["b_h"] += a
                grads["b_y"] += e
        for n, g in grads.items():
            setattr(self, n, getattr(self, n) - learning_rate * g)
