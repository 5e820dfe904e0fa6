# wrong: new and former state are one array, so units see renewed units (seen: pytorch/pytorch#142303).
# loses: forward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        n_hidden = self.W_hh.shape[0]
        h_0 = np.zeros(n_hidden)
        h_t_minus_1 = h_0
        self.states = [h_0.copy()]
        self.outputs = []
        for t in range(len(x)):
            h_t = h_t_minus_1
            for unit in range(n_hidden):
                h_t[unit] = np.tanh(
                    x[t] @ self.W_xh[unit] + h_t_minus_1 @ self.W_hh[unit] + self.b_h[unit, 0]
                )
            self.states.append(h_t.copy())
            self.outputs.append(self.W_hy @ h_t + self.b_y[:, 0])
            h_t_minus_1 = h_t
        return np.array(self.outputs)[:, :, np.newaxis]

    def backward(self, x, y, learning_rate):
        d_W_xh = np.zeros_like(self.W_xh)
        d_W_hh = np.zeros_like(self.W_hh)
        d_W_hy = np.zeros_like(self.W_hy)
        d_b_h = np.zeros(len(self.b_h))
        d_b_y = np.zeros(len(self.b_y))
        d_h = np.zeros(len(self.b_h))
        for t in range(len(x), 0, -1):
            d_y = self.outputs[t - 1] - y[t - 1]
            d_W_hy += np.outer(d_y, self.states[t])
            d_b_y += d_y
            d_z = (d_h + d_y @ self.W_hy) * (1 - self.states[t] ** 2)
            d_W_xh += np.outer(d_z, x[t - 1])
            d_W_hh += np.outer(d_z, self.states[t - 1])
            d_b_h += d_z
            d_h = d_z @ self.W_hh
        self.W_xh -= learning_rate * d_W_xh
        self.W_hh -= learning_rate * d_W_hh
        self.W_hy -= learning_rate * d_W_hy
        self.b_h -= learning_rate * d_b_h[:, np.newaxis]
        self.b_y -= learning_rate * d_b_y[:, np.newaxis]
