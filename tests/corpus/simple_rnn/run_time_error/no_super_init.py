# wrong: the subclass does not call super().__init__(), so self.history does not exist.
import numpy as np


class Model:
    """Things that every model can do."""

    def __init__(self):
        self.history = []

    def parameters(self):
        raise NotImplementedError

    def apply(self, gradients, learning_rate):
        for p, g in zip(self.parameters(), gradients):
            p -= learning_rate * g


class Affine:
    """y = W a + b for columns; collects its gradients, last call first."""

    def __init__(self, owner, weight, bias=None):
        self.owner, self.weight, self.bias = owner, weight, bias
        self.inputs = []

    def reset(self):
        self.inputs = []
        self.dW = np.zeros_like(getattr(self.owner, self.weight))
        if self.bias is not None:
            self.db = np.zeros_like(getattr(self.owner, self.bias))

    def forward(self, a):
        self.inputs.append(a)
        out = getattr(self.owner, self.weight) @ a
        if self.bias is not None:
            out = out + getattr(self.owner, self.bias)
        return out

    def backward(self, d):
        a = self.inputs.pop()
        self.dW += d @ a.T
        if self.bias is not None:
            self.db += d
        return getattr(self.owner, self.weight).T @ d


class SimpleRNN(Model):
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.inp = Affine(self, "W_xh", "b_h")
        self.rec = Affine(self, "W_hh")
        self.out = Affine(self, "W_hy", "b_y")

    def parameters(self):
        return [self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y]

    def forward(self, x):
        self.history.clear()
        for layer in (self.inp, self.rec, self.out):
            layer.reset()
        h = np.zeros(self.b_h.shape)
        ys = []
        for xt in x:
            h = np.tanh(self.inp.forward(xt.reshape(-1, 1)) + self.rec.forward(h))
            y = self.out.forward(h)
            self.history.append((h, y))
            ys.append(y)
        return np.array(ys)

    def backward(self, x, y, learning_rate):
        later = np.zeros(self.b_h.shape)
        for target in reversed(y):
            h, out = self.history.pop()
            d = self.out.backward(out - target.reshape(-1, 1)) + later
            d = d * (1 - h ** 2)
            self.inp.backward(d)
            later = self.rec.backward(d)
        self.apply([self.inp.dW, self.rec.dW, self.out.dW, self.inp.db, self.out.db], learning_rate)
