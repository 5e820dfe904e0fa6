# Parameters are declared as class attributes, collected by a metaclass; forward and backward come from mixins.
import numpy as np


class Parameter:
    def __init__(self, *dims, random=True):
        self.dims, self.random = dims, random

    def make(self, sizes):
        shape = tuple(sizes.get(d, d) for d in self.dims)
        return np.random.randn(*shape) * 0.01 if self.random else np.zeros(shape)


class Model(type):
    def __new__(mcls, name, bases, body):
        declared = {k: v for k, v in body.items() if isinstance(v, Parameter)}
        for k in declared:
            del body[k]
        cls = super().__new__(mcls, name, bases, body)
        cls.declared = {**getattr(cls, "declared", {}), **declared}
        return cls

    def __call__(cls, I, H, O):
        self = cls.__new__(cls)
        for name, p in cls.declared.items():
            setattr(self, name, p.make({"I": I, "H": H, "O": O}))
        return self


class ForwardMixin:
    def forward(self, x):
        self.h = [np.zeros_like(self.b_h)]
        self.o = []
        for t, x_t in enumerate(x):
            self.h += [np.tanh(self.W_xh.dot(x_t)[:, None] + self.W_hh.dot(self.h[t]) + self.b_h)]
            self.o += [self.W_hy.dot(self.h[-1]) + self.b_y]
        return np.array(self.o)


class BackwardMixin:
    def gradients(self, x, y):
        g = dict.fromkeys(self.declared, 0.0)
        carry = 0.0
        for t in range(len(x))[::-1]:
            e = self.o[t] - y[t, :, None]
            a = (self.W_hy.T.dot(e) + carry) * (1 - self.h[t + 1] ** 2)
            carry = self.W_hh.T.dot(a)
            for k, v in dict(W_hy=np.outer(e, self.h[t + 1]), b_y=e, W_xh=np.outer(a, x[t]),
                             W_hh=np.outer(a, self.h[t]), b_h=a).items():
                g[k] = g[k] + v
        return g

    def backward(self, x, y, learning_rate):
        for k, v in self.gradients(x, y).items():
            setattr(self, k, getattr(self, k) - learning_rate * v)


class SimpleRNN(ForwardMixin, BackwardMixin, metaclass=Model):
    W_xh = Parameter("H", "I")
    W_hh = Parameter("H", "H")
    W_hy = Parameter("O", "H")
    b_h = Parameter("H", 1, random=False)
    b_y = Parameter("O", 1, random=False)
