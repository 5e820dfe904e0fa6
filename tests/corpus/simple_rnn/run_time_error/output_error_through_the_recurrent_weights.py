# wrong: the output error goes back through W_hh, whose size differs (seen: https://kiwix.lema.org/stackoverflow.com_en_all_2023-11/questions/61299407/multiple-unmatched-matrices-in-backpropagation-through-time).
import numpy as np


class HiddenLayer:
    def __init__(self, n_in, n_out):
        self.W_in = np.random.randn(n_out, n_in) * 0.01
        self.W_rec = np.random.randn(n_out, n_out) * 0.01
        self.b = np.zeros((n_out, 1))


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        layer = HiddenLayer(input_size, hidden_size)
        self.W_xh, self.W_hh, self.b_h = layer.W_in, layer.W_rec, layer.b
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        n_steps = x.shape[0]
        self.hidden = np.zeros((n_steps + 1,) + self.b_h.shape)
        self.output = np.zeros((n_steps,) + self.b_y.shape)
        for t in range(n_steps):
            pre_hidden = self.W_xh @ x[t].reshape(-1, 1) + self.W_hh @ self.hidden[t] + self.b_h
            self.hidden[t + 1] = np.tanh(pre_hidden)
            self.output[t] = self.W_hy @ self.hidden[t + 1] + self.b_y
        return self.output.copy()

    def backward(self, x, y, learning_rate):
        d_xh, d_hh, d_bh = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.b_h)
        d_hy, d_by = np.zeros_like(self.W_hy), np.zeros_like(self.b_y)
        delta_next = np.zeros_like(self.b_h)
        for t in reversed(range(x.shape[0])):
            delta_output = self.output[t] - y[t].reshape(-1, 1)
            d_hy += delta_output @ self.hidden[t + 1].T
            d_by += delta_output
            delta_hidden = self.W_hh.T @ delta_output + self.W_hh.T @ delta_next
            delta_pre_hidden = delta_hidden * (1 - self.hidden[t + 1] ** 2)
            d_xh += delta_pre_hidden @ x[t].reshape(1, -1)
            d_hh += delta_pre_hidden @ self.hidden[t].T
            d_bh += delta_pre_hidden
            delta_next = delta_pre_hidden
        self.W_xh -= learning_rate * d_xh
        self.W_hh -= learning_rate * d_hh
        self.W_hy -= learning_rate * d_hy
        self.b_h -= learning_rate * d_bh
        self.b_y -= learning_rate * d_by
