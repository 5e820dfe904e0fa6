# wrong: gradients in a local name instead of the attribute.
# loses: backward
import numpy as np


class Gate:
    """sigma(W x + U s + b); weights are views of the network's arrays at the time of use"""

    def __init__(self, net, index, activation):
        self.net = net
        self.index = index
        self.activation = activation

    def forward(self, x, s):
        k = self.index
        net = self.net
        a = np.matmul(net.W_xh[k], x) + np.matmul(net.W_hh[k], s) + net.b_h[k]
        if self.activation == "tanh":
            return np.tanh(a)
        return 1.0 / (1.0 + np.exp(-a))

    def backward(self, d_out, out, x, s):
        k = self.index
        if self.activation == "tanh":
            d = d_out * (1.0 - out ** 2)
        else:
            d = d_out * out * (1.0 - out)
        self.net.grads["W_xh"][k] += np.matmul(d, x.T)
        self.net.grads["W_hh"][k] += np.matmul(d, s.T)
        self.net.grads["b_h"][k] += d
        return np.matmul(self.net.W_hh[k].T, d)


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.reset_gate = Gate(self, 0, "sigmoid")
        self.update_gate = Gate(self, 1, "sigmoid")
        self.candidate = Gate(self, 2, "tanh")

    def forward(self, x):
        h = np.zeros((self.hidden_size, 1))
        self.tape = []
        outputs = []
        for row in x:
            x_t = row.reshape(-1, 1)
            r = self.reset_gate.forward(x_t, h)
            z = self.update_gate.forward(x_t, h)
            n = self.candidate.forward(x_t, r * h)
            h_new = (1.0 - z) * n + z * h
            out = np.matmul(self.W_hy, h_new) + self.b_y
            self.tape.append((x_t, h, r, z, n, h_new, out))
            outputs.append(out)
            h = h_new
        return np.array(outputs)

    def backward(self, x, y, learning_rate):
        names = ["W_xh", "W_hh", "W_hy", "b_h", "b_y"]
        grads = {name: np.zeros(getattr(self, name).shape) for name in names}
        dh = np.zeros((self.hidden_size, 1))
        for (x_t, h, r, z, n, h_new, out), target in zip(self.tape[::-1], y[::-1]):
            d_out = out - target.reshape(-1, 1)
            self.grads["W_hy"] += np.matmul(d_out, h_new.T)
            self.grads["b_y"] += d_out
            dh = dh + np.matmul(self.W_hy.T, d_out)
            d_masked = self.candidate.backward(dh * (1.0 - z), n, x_t, r * h)
            from_z = self.update_gate.backward(dh * (h - n), z, x_t, h)
            from_r = self.reset_gate.backward(d_masked * h, r, x_t, h)
            dh = dh * z + d_masked * r + from_z + from_r
        for name in names:
            weight = getattr(self, name)
            weight -= learning_rate * self.grads[name]
