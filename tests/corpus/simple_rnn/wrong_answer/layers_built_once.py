# wrong: the layer objects and their gradients live as long as the instance and are never reset.
# loses: training, conduct
import numpy as np


class Linear:
    """y = W x (+ b); keeps a stack of its inputs for the backward pass."""

    def __init__(self, W, b=None):
        self.W, self.b = W, b
        self.reset()

    def reset(self):
        self.stack = []
        self.dW = np.zeros_like(self.W)
        self.db = None if self.b is None else np.zeros_like(self.b)

    def __call__(self, v):
        self.stack.append(v)
        out = self.W @ v
        return out if self.b is None else out + self.b

    def back(self, grad):
        v = self.stack.pop()
        self.dW += grad @ v.T
        if self.b is not None:
            self.db += grad
        return self.W.T @ grad

    def step(self, lr):
        self.W -= lr * self.dW
        if self.b is not None:
            self.b -= lr * self.db


class Tanh:
    def __init__(self):
        self.reset()

    def reset(self):
        self.stack = []

    def __call__(self, v):
        out = np.tanh(v)
        self.stack.append(out)
        return out

    def back(self, grad):
        out = self.stack.pop()
        return grad * (1 - out ** 2)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def build(self):
        self.inp = Linear(self.W_xh, self.b_h)
        self.rec = Linear(self.W_hh)
        self.out = Linear(self.W_hy, self.b_y)
        self.act = Tanh()

    def forward(self, x):
        if not hasattr(self, "inp"):
            self.build()
        for layer in (self.inp, self.rec, self.out, self.act):
            layer.stack = []
        h = np.zeros_like(self.b_h)
        self.preds = []
        for xt in x:
            h = self.act(self.inp(xt.reshape(-1, 1)) + self.rec(h))
            self.preds.append(self.out(h))
        return np.array(self.preds)

    def backward(self, x, y, learning_rate):
        carried = np.zeros_like(self.b_h)
        for t in range(len(x) - 1, -1, -1):
            grad = self.preds[t] - y[t].reshape(-1, 1)
            dh = self.out.back(grad) + carried
            da = self.act.back(dh)
            self.inp.back(da)
            carried = self.rec.back(da)
        for layer in (self.inp, self.rec, self.out):
            layer.step(learning_rate)
