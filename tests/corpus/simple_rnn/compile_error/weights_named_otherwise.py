# CE: the weights are named Wxh, Whh, Why, bh, by, so the asked attributes are missing.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        self.Wxh = np.random.randn(hidden_size, input_size) * 0.01
        self.Whh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.Why = np.random.randn(output_size, hidden_size) * 0.01
        self.bh = np.zeros((hidden_size, 1))
        self.by = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((self.hidden_size, 1))
        self.inputs = x
        self.hs = [h]
        self.outputs = []
        for t in range(len(x)):
            h = np.tanh(self.Wxh @ x[t].reshape(-1, 1) + self.Whh @ h + self.bh)
            self.hs.append(h)
            self.outputs.append(self.Why @ h + self.by)
        return np.array(self.outputs)

    def backward(self, x, y, learning_rate):
        dWxh = np.zeros_like(self.Wxh)
        dWhh = np.zeros_like(self.Whh)
        dWhy = np.zeros_like(self.Why)
        db_h = np.zeros_like(self.bh)
        db_y = np.zeros_like(self.by)
        dh_next = np.zeros_like(self.hs[0])
        for t in reversed(range(len(self.inputs))):
            dy = self.outputs[t] - y[t].reshape(-1, 1)
            dWhy += dy @ self.hs[t + 1].T
            db_y += dy
            dh = self.Why.T @ dy + dh_next
            da = (1 - self.hs[t + 1] ** 2) * dh
            dWxh += da @ x[t].reshape(1, -1)
            dWhh += da @ self.hs[t].T
            db_h += da
            dh_next = self.Whh.T @ da
        self.Wxh -= learning_rate * dWxh
        self.Whh -= learning_rate * dWhh
        self.Why -= learning_rate * dWhy
        self.bh -= learning_rate * db_h
        self.by -= learning_rate * db_y
