# a class for a gate, that keeps what it was given; the network hands gradients around
import numpy as np


class Gate:
    def __init__(self, net, number, function, slope):
        self.net, self.number, self.function, self.slope = net, number, function, slope

    def run(self, x_t, state):
        net, k = self.net, self.number
        return self.function(net.W_xh[k] @ x_t + net.W_hh[k] @ state + net.b_h[k])

    def back(self, d_value, value, x_t, state, sums):
        d_a = d_value * self.slope(value)
        sums[0][self.number] += d_a * x_t.T
        sums[1][self.number] += d_a * state.T
        sums[2][self.number] += d_a
        return self.net.W_hh[self.number].T @ d_a


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(a < 0, e, 1.0) / (1.0 + e)


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.reset = Gate(self, 0, sigmoid, lambda s: s * (1 - s))
        self.update = Gate(self, 1, sigmoid, lambda s: s * (1 - s))
        self.propose = Gate(self, 2, np.tanh, lambda s: 1 - s * s)

    def forward(self, x):
        self.history = []
        h = np.zeros((len(self.b_h[0]), 1))
        for x_t in x[:, :, None]:
            r = self.reset.run(x_t, h)
            z = self.update.run(x_t, h)
            n = self.propose.run(x_t, r * h)
            new = z * h + (1 - z) * n
            self.history.append((h, r, z, n, new, self.W_hy @ new + self.b_y))
            h = new
        return np.array([record[-1] for record in self.history])

    def backward(self, x, y, learning_rate):
        sums = [np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.b_h, self.W_hy, self.b_y)]
        d_next = 0
        for (h, r, z, n, new, out), x_t, target in list(zip(self.history, x, y))[::-1]:
            x_t, d_out = x_t[:, None], out - target[:, None]
            sums[3] += d_out @ new.T
            sums[4] += d_out
            d = self.W_hy.T @ d_out + d_next
            d_next = z * d
            d_rh = self.propose.back(d * (1 - z), n, x_t, r * h, sums)
            d_next = d_next + d_rh * r
            d_next = d_next + self.reset.back(d_rh * h, r, x_t, h, sums)
            d_next = d_next + self.update.back(d * (h - n), z, x_t, h, sums)
        weights = self.W_xh, self.W_hh, self.b_h, self.W_hy, self.b_y
        for weight, total in zip(weights, sums):
            np.subtract(weight, learning_rate * total, out=weight)
