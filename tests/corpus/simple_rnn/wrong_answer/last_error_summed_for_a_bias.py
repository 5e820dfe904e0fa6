# wrong: b_h gets the sum of the last error's elements, not that of the deltas.
# loses: backward
# forward stores nothing at all; backward runs the network again from the x it is given.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def _run(self, x):
        h = np.zeros((len(self.b_h), 1))
        states, outputs = [h], []
        for x_t in x:
            h = np.tanh(self.W_xh @ x_t[:, np.newaxis] + self.W_hh @ h + self.b_h)
            states.append(h)
            outputs.append(self.W_hy @ h + self.b_y)
        return states, outputs

    def forward(self, x):
        _, outputs = self._run(x)
        return np.asarray(outputs)

    def backward(self, x, y, learning_rate):
        states, outputs = self._run(x)
        errors = [o - t[:, np.newaxis] for o, t in zip(outputs, y)]

        deltas = []
        delta = np.zeros_like(self.b_h)
        for h, e in zip(states[:0:-1], errors[::-1]):
            delta = (self.W_hy.T @ e + self.W_hh.T @ delta) * (1 - h ** 2)
            deltas.insert(0, delta)

        dW_xh = sum(d @ x_t[np.newaxis] for d, x_t in zip(deltas, x))
        dW_hh = sum(d @ h.T for d, h in zip(deltas, states))
        dW_hy = sum(e @ h.T for e, h in zip(errors, states[1:]))
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * sum(e)
        self.b_y -= learning_rate * sum(errors)
