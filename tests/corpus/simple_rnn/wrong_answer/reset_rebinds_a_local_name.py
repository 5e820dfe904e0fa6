# wrong: zeros() rebinds its own name, so the state of the last call stays (seen: jeshraghian/snntorch#423).
# loses: training, conduct
import numpy as np


def zeros(*states):
    """set hidden states to zero"""
    for state in states:
        state = np.zeros_like(state)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.mem = np.zeros((hidden_size, 1))

    def forward(self, x):
        zeros(self.mem)
        self.record = []
        out = []
        for x_t in x:
            before = self.mem
            self.mem = np.tanh(self.W_xh @ x_t[:, None] + self.W_hh @ before + self.b_h)
            out.append(self.W_hy @ self.mem + self.b_y)
            self.record.append((before, self.mem, out[-1]))
        return np.array(out)

    def backward(self, x, y, learning_rate):
        gxh, ghh, ghy = (np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy))
        gbh, gby = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        flow = np.zeros_like(self.b_h)
        for t in range(len(x) - 1, -1, -1):
            before, now, out = self.record[t]
            d_out = out - y[t][:, None]
            ghy += d_out @ now.T
            gby += d_out
            d = (self.W_hy.T @ d_out + flow) * (1 - now ** 2)
            gxh += d @ x[t][None, :]
            ghh += d @ before.T
            gbh += d
            flow = self.W_hh.T @ d
        self.W_xh -= learning_rate * gxh
        self.W_hh -= learning_rate * ghh
        self.W_hy -= learning_rate * ghy
        self.b_h -= learning_rate * gbh
        self.b_y -= learning_rate * gby
