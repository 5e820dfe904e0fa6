# wrong: the loop hands h_0 to every step and not the state before (seen: zergtant/pytorch-handbook#102).
# loses: forward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def step(self, x_t, hidden):
        new_hidden = np.tanh(self.W_xh @ x_t + self.W_hh @ hidden + self.b_h)
        out = self.W_hy @ new_hidden + self.b_y
        return out, new_hidden

    def forward(self, x):
        h_0 = np.zeros((self.W_hh.shape[0], 1))
        self.hidden = [h_0]
        self.outs = []
        for i in range(x.shape[0]):
            out, h_n = self.step(x[i].reshape(-1, 1), h_0)
            self.hidden.append(h_n)
            self.outs.append(out)
        return np.array(self.outs)

    def backward(self, x, y, learning_rate):
        grads = {k: np.zeros_like(getattr(self, k)) for k in ("W_xh", "W_hh", "W_hy", "b_h", "b_y")}
        carry = np.zeros_like(self.b_h)
        for i in reversed(range(x.shape[0])):
            dout = self.outs[i] - y[i].reshape(-1, 1)
            h, h_before = self.hidden[i + 1], self.hidden[i]
            grads["W_hy"] += dout @ h.T
            grads["b_y"] += dout
            dz = (self.W_hy.T @ dout + carry) * (1 - h * h)
            grads["W_xh"] += dz @ x[i].reshape(1, -1)
            grads["W_hh"] += dz @ h_before.T
            grads["b_h"] += dz
            carry = self.W_hh.T @ dz
        for k in grads:
            setattr(self, k, getattr(self, k) - learning_rate * grads[k])
