# wrong: dh starts as None and is added to, TypeError.
import numpy as np


class Function:
    def __call__(self, a):
        raise NotImplementedError

    def back(self, out, d):
        raise NotImplementedError


class Sigmoid(Function):
    def __call__(self, a):
        return 1 / (1 + np.exp(-a))

    def back(self, out, d):
        return d * out * (1 - out)


class Tanh(Function):
    def __call__(self, a):
        return np.tanh(a)

    def back(self, out, d):
        return d * (1 - out ** 2)


class GateLayer:
    def __init__(self, model, index, activation):
        self.model = model
        self.index = index
        self.activation = activation
        self.stack = []

    def clear(self):
        self.stack = []

    def forward(self, x, h):
        k = self.index
        a = self.model.W_xh[k].dot(x) + self.model.W_hh[k].dot(h) + self.model.b_h[k]
        out = self.activation(a)
        self.stack.append((x, h, out))
        return out

    def backward(self, d_out):
        k = self.index
        x, h, out = self.stack.pop()
        d = self.activation.back(out, d_out)
        self.model.dW_xh[k] += d.dot(x.T)
        self.model.dW_hh[k] += d.dot(h.T)
        self.model.db_h[k] += d
        return self.model.W_hh[k].T.dot(d)


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.reset = GateLayer(self, 0, Sigmoid())
        self.update = GateLayer(self, 1, Sigmoid())
        self.new = GateLayer(self, 2, Tanh())

    def forward(self, x):
        for gate in (self.reset, self.update, self.new):
            gate.clear()
        self.cache = []
        h = np.zeros((self.W_hy.shape[1], 1))
        for x_t in x[:, :, None]:
            r = self.reset.forward(x_t, h)
            z = self.update.forward(x_t, h)
            n = self.new.forward(x_t, r * h)
            h_new = (1.0 - z) * n + z * h
            self.cache.append((h, r, z, n, h_new))
            h = h_new
        return np.stack([self.W_hy.dot(step[4]) + self.b_y for step in self.cache])

    def backward(self, x, y, learning_rate):
        self.dW_xh = np.zeros_like(self.W_xh)
        self.dW_hh = np.zeros_like(self.W_hh)
        self.db_h = np.zeros_like(self.b_h)
        dW_hy = np.zeros_like(self.W_hy)
        db_y = np.zeros_like(self.b_y)
        dh = None
        for target in y[::-1, :, None]:
            h_old, r, z, n, h = self.cache.pop()
            dy = self.W_hy.dot(h) + self.b_y - target
            dW_hy += dy.dot(h.T)
            db_y += dy
            dh = dh + self.W_hy.T.dot(dy)
            d_reset = self.new.backward(dh * (1 - z))
            dh_old = self.update.backward(dh * (h_old - n))
            dh_old = dh_old + self.reset.backward(d_reset * h_old)
            dh = dh_old + d_reset * r + dh * z
        self.W_xh -= learning_rate * self.dW_xh
        self.W_hh -= learning_rate * self.dW_hh
        self.b_h -= learning_rate * self.db_h
        self.W_hy -= learning_rate * dW_hy
        self.b_y -= learning_rate * db_y
