# wrong: the method that should override the slope for tanh has another name, so the slope of the sigmoid is inherited.
# loses: backward
"""GRU out of three little gate objects that remember what went through them."""
import numpy as np


class Unit:
    def __init__(self, net, index):
        self.net, self.index = net, index
        self.memory = []

    def activate(self, a):
        return 1.0 / (1.0 + np.exp(-a))

    def slope(self, out):
        return out * (1.0 - out)

    def __call__(self, x, h):
        net, g = self.net, self.index
        out = self.activate(net.W_xh[g] @ x + net.W_hh[g] @ h + net.b_h[g])
        self.memory.append((x, h, out))
        return out

    def backprop(self, d_out, grads):
        x, h, out = self.memory.pop()
        pre = d_out * self.slope(out)
        grads["W_xh"][self.index] += pre @ x.T
        grads["W_hh"][self.index] += pre @ h.T
        grads["b_h"][self.index] += pre
        return self.net.W_hh[self.index].T @ pre


class TanhUnit(Unit):
    def activate(self, a):
        return np.tanh(a)

    def tanh_slope(self, out):
        return 1.0 - out * out


class GRU:
    names = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")

    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.r_unit, self.z_unit, self.n_unit = Unit(self, 0), Unit(self, 1), TanhUnit(self, 2)
        h = np.zeros_like(self.b_h[0])
        self.log, self.out = [], []
        for row in x:
            x_t = row[:, None]
            r, z = self.r_unit(x_t, h), self.z_unit(x_t, h)
            n = self.n_unit(x_t, r * h)
            self.log.append((h, r, z, n))
            h = z * h + (1.0 - z) * n
            self.out.append((h, self.W_hy @ h + self.b_y))
        return [y for _, y in self.out]

    def backward(self, x, y, learning_rate):
        grads = {k: np.zeros_like(getattr(self, k)) for k in self.names}
        back_flow = np.zeros_like(self.b_h[0])
        for target in y[::-1]:
            h_new, y_hat = self.out.pop()
            h, r, z, n = self.log.pop()
            e = y_hat - target[:, None]
            grads["W_hy"] += e @ h_new.T
            grads["b_y"] += e
            dh = back_flow + self.W_hy.T @ e
            dn = dh.copy()
            dn *= 1.0 - z
            d_mask = self.n_unit.backprop(dn, grads)
            back_flow = dh * z
            back_flow += self.z_unit.backprop(dh * (h - n), grads)
            back_flow += d_mask * r
            back_flow += self.r_unit.backprop(d_mask * h, grads)
        for k in self.names:
            setattr(self, k, getattr(self, k) - learning_rate * grads[k])
