# wrong: the list holds the same cell T times, so every cache is that of the last step.
# loses: sequence_backward
import numpy as np


def softmax(a):
    out = np.empty(np.shape(a))
    for j in range(out.shape[1]):
        col = a[:, j]
        e = np.exp(col - max(col))
        out[:, j] = e / sum(e)
    return out


class Cell:
    def __init__(self, parameters):
        self.p = dict(parameters)

    def __call__(self, x, prev):
        self.x, self.prev = x, prev
        p = self.p
        self.a = np.tanh(p["Wam"].dot(x) + p["Waa"].dot(prev) + p["ba"])
        self.y = softmax(p["Wya"].dot(self.a) + p["by"])
        return self.a, self.y

    def backward(self, d):
        dz = d * (1 - self.a * self.a)
        return self.p["Wam"].T.dot(dz), self.p["Waa"].T.dot(dz), dz

    def gradients(self, dz):
        yield "dWam", dz.dot(self.x.T)
        yield "dWaa", dz.dot(self.prev.T)
        yield "dba", dz.sum(axis=1).reshape(-1, 1)


def rnn_Cell(x_t, a_former, parameters):
    cell = Cell(parameters)
    a_now, y_now = cell(x_t, a_former)
    return a_now, y_now, cell


def RNN_forward(x, a0, parameters):
    cells = [Cell(parameters)] * x.shape[2]
    a, y = [], []
    for t, cell in enumerate(cells):
        previous = a[t - 1] if t else a0
        state, out = cell(x[:, :, t], previous)
        a.append(state)
        y.append(out)
    return cells, np.dstack(a), np.dstack(y)


def rnn_cell_backward(d_next, cell):
    dx, da_former, dz = cell.backward(d_next)
    return {"dx_t": dx, "da_former": da_former, **dict(cell.gradients(dz))}


def RNN_backward(da, cells):
    sums = {"dWam": 0, "dWaa": 0, "dba": 0}
    dx = [None] * len(cells)
    arriving = 0
    for t, cell in reversed(list(enumerate(cells))):
        dx[t], arriving, dz = cell.backward(da[:, :, t] + arriving)
        for name, value in cell.gradients(dz):
            sums[name] = sums[name] + value
    return {"dx": np.dstack(dx), "da0": arriving, **sums}
