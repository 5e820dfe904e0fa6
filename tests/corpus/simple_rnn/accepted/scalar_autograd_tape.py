# Reverse-mode autograd on single numbers in the manner of micrograd, with one node per dot product.
import math

import numpy as np


class Value:
    __slots__ = ("data", "grad", "left", "right", "slope")

    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.left = self.right = ()
        self.slope = 1.0

    @staticmethod
    def dot(left, right, bias, squash=False):
        """bias + sum left[i] * right[i], through tanh if asked."""
        out = Value(bias.data + sum([a.data * b.data for a, b in zip(left, right)]))
        if squash:
            out.data = math.tanh(out.data)
            out.slope = 1.0 - out.data * out.data
        out.left = left + [bias]
        out.right = right + [ONE]
        return out

    def push(self):
        g = self.grad * self.slope
        if g:
            for a, b in zip(self.left, self.right):
                a.grad += g * b.data
                b.grad += g * a.data


ONE = Value(1.0)


def wrap(matrix):
    return [[Value(v) for v in row] for row in np.asarray(matrix).tolist()]


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.leaf = {n: wrap(getattr(self, n)) for n in ("W_xh", "W_hh", "W_hy", "b_h", "b_y")}
        w = self.leaf
        rows = [a + b for a, b in zip(w["W_xh"], w["W_hh"])]
        h = [Value(0.0) for _ in rows]
        self.order, self.out = [], []
        for x_t in wrap(x):
            z = x_t + h
            h = [Value.dot(row, z, b, squash=True) for row, (b,) in zip(rows, w["b_h"])]
            o = [Value.dot(row, h, b) for row, (b,) in zip(w["W_hy"], w["b_y"])]
            self.order += h + o
            self.out.append(o)
        return np.array([[[v.data] for v in o] for o in self.out])

    def backward(self, x, y, learning_rate):
        for o, target in zip(self.out, y.tolist()):
            for v, want in zip(o, target):
                v.grad = v.data - want
        for node in reversed(self.order):
            node.push()
        for name, values in self.leaf.items():
            grad = np.array([[v.grad for v in row] for row in values])
            getattr(self, name)[...] -= learning_rate * grad
