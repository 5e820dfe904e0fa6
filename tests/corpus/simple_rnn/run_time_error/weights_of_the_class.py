# wrong: the dict behind the weight properties belongs to the class, so a new object replaces the weights of all older ones.
import numpy as np


def entry(name):
    def get(self):
        return self.params[name]

    def put(self, value):
        self.params[name] = np.asarray(value, dtype=float)

    return property(get, put)


class SimpleRNN:
    params = {}
    W_xh, W_hh, W_hy, b_h, b_y = map(entry, ("W_xh", "W_hh", "W_hy", "b_h", "b_y"))

    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros_like(self.b_h)
        self.hs = [h]
        outputs = []
        for x_t in x:
            h = np.tanh(self.W_xh @ x_t[:, None] + self.W_hh @ h + self.b_h)
            self.hs.append(h)
            outputs.append(self.W_hy @ h + self.b_y)
        self.outputs = np.array(outputs)
        return self.outputs.copy()

    def backward(self, x, y, learning_rate):
        dW_xh, dW_hh, dW_hy = (np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy))
        db_h, db_y = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        dh_next = np.zeros_like(self.b_h)
        for t in reversed(range(len(x))):
            dy = self.outputs[t] - y[t][:, None]
            dW_hy += dy @ self.hs[t + 1].T
            db_y += dy
            dh = self.W_hy.T @ dy + dh_next
            dz = (1 - self.hs[t + 1] ** 2) * dh
            dW_xh += dz @ x[t][None, :]
            dW_hh += dz @ self.hs[t].T
            db_h += dz
            dh_next = self.W_hh.T @ dz
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
