# Every step is an object of a class; softmax is a callable object; results in a tuple of cells.
import numpy as np
class Tanh:
    @staticmethod
    def f(z): return np.tanh(z)
    @staticmethod
    def d(a): return np.ones_like(a) - np.square(a)
class Softmax:
    def __call__(self, z):
        z = np.asarray(z, dtype=np.float64)
        return np.exp(z - z.max(0)) / np.exp(z - z.max(0)).sum(0)
softmax = Softmax()
class Cell:
    def __init__(self, p): self.__dict__.update(p)
    def __call__(self, x, a):
        self.x, self.a = x, a
        self.h = Tanh.f(self.Wam.dot(x) + self.Waa.dot(a) + self.ba)
        return self.h, softmax(self.Wya.dot(self.h) + self.by)
    def back(self, d):
        dz = np.multiply(Tanh.d(self.h), d)
        return {"dx_t": self.Wam.T.dot(dz), "da_former": self.Waa.T.dot(dz), "dWam": dz.dot(self.x.T), "dWaa": dz.dot(self.a.T), "dba": np.sum(dz, 1, keepdims=True)}
def rnn_Cell(x_t, a_former, parameters):
    c = Cell(parameters)
    return (*c(x_t, a_former), c)
rnn_cell_backward = lambda d_next, cache: cache.back(d_next)
def RNN_forward(x, a0, parameters):
    cells, a, y = [], np.empty((*a0.shape, x.shape[2])), np.empty((len(parameters["by"]), x.shape[1], x.shape[2]))
    h = a0
    for t, xt in enumerate(np.moveaxis(x, 2, 0)):
        c = Cell(parameters)
        h, y[..., t] = c(xt, h)
        a[..., t] = h
        cells.append(c)
    return tuple(cells), a, y
def RNN_backward(da, caches):
    carry = np.zeros(da.shape[:2]); gs = []
    for c, d in zip(caches[::-1], np.moveaxis(da, 2, 0)[::-1]):
        gs.append(c.back(d + carry)); carry = gs[-1]["da_former"]
    gs.reverse()
    s = lambda k: sum(g[k] for g in gs)
    return {"dx": np.transpose([g["dx_t"] for g in gs], (1, 2, 0)), "da0": carry, "dWam": s("dWam"), "dWaa": s("dWaa"), "dba": s("dba")}
