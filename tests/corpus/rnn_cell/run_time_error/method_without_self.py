# wrong: the method output is defined without self, TypeError at the call.
import numpy as np


def softmax(a):
    result = np.empty(a.shape)
    for j in range(a.shape[1]):
        col = a[:, j]
        e = np.exp(col - col.max())
        result[:, j] = e / e.sum()
    return result


class Cell:
    """One use of the cell: keeps what it saw and can go back."""

    def __init__(self, parameters):
        self.Wam = parameters["Wam"]
        self.Waa = parameters["Waa"]
        self.Wya = parameters["Wya"]
        self.ba = parameters["ba"]
        self.by = parameters["by"]

    def step(self, x, a_prev):
        self.x = x
        self.a_prev = a_prev
        self.a = np.tanh(self.Wam.dot(x) + self.Waa.dot(a_prev) + self.ba)
        return self.a

    def output():
        return softmax(self.Wya.dot(self.a) + self.by)

    def back(self, d):
        dz = d * (1 - self.a * self.a)
        return Gradients(self, dz)


class Gradients:
    def __init__(self, cell, dz):
        self.dx = cell.Wam.T.dot(dz)
        self.da = cell.Waa.T.dot(dz)
        self.dWam = dz.dot(cell.x.T)
        self.dWaa = dz.dot(cell.a_prev.T)
        self.dba = dz.sum(axis=1, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    cell = Cell(parameters)
    a_now = cell.step(x_t, a_former)
    return a_now, cell.output(), cell


def RNN_forward(x, a0, parameters):
    cells = []
    a = a0
    for t in range(x.shape[2]):
        cell = Cell(parameters)
        a = cell.step(x[:, :, t], a)
        cells.append(cell)
    all_a = np.dstack([cell.a for cell in cells])
    all_y = np.dstack([cell.output() for cell in cells])
    return cells, all_a, all_y


def rnn_cell_backward(d_next, cache):
    g = cache.back(d_next)
    return {"dx_t": g.dx, "da_former": g.da, "dWam": g.dWam, "dWaa": g.dWaa, "dba": g.dba}


def RNN_backward(da, caches):
    grads = []
    d = np.zeros(da.shape[:2])
    for t in range(len(caches)):
        i = len(caches) - 1 - t
        g = caches[i].back(da[:, :, i] + d)
        d = g.da
        grads.append(g)
    grads.reverse()
    return {
        "dx": np.dstack([g.dx for g in grads]),
        "da0": d,
        "dWam": np.sum([g.dWam for g in grads], axis=0),
        "dWaa": np.sum([g.dWaa for g in grads], axis=0),
        "dba": np.sum([g.dba for g in grads], axis=0),
    }
