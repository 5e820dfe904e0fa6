# wrong: after np.split along time squeeze() is called without an axis, so with one sample or input size 1 further axes are lost and the shapes do not fit.
import numpy as np


def softmax(a):
    """Stable softmax over the rows of each column."""
    biggest = a.max(axis=0)
    numerator = np.exp(a - biggest[np.newaxis, :])
    denominator = numerator.sum(axis=0)
    return numerator / denominator[np.newaxis, :]


class Cell:
    """One step, kept for the way back."""

    def __init__(self, x, before, parameters):
        self.x = x
        self.before = before
        self.Wam = parameters["Wam"]
        self.Waa = parameters["Waa"]
        self.after = np.tanh(self.Wam @ x + self.Waa @ before + parameters["ba"])
        self.y = softmax(parameters["Wya"] @ self.after + parameters["by"])

    def backward(self, d):
        dz = d * (1 - self.after ** 2)
        return {
            "dx_t": self.Wam.T @ dz,
            "da_former": self.Waa.T @ dz,
            "dWam": dz @ self.x.T,
            "dWaa": dz @ self.before.T,
            "dba": dz.sum(axis=1, keepdims=True),
        }


def rnn_Cell(x_t, a_former, parameters):
    cell = Cell(x_t, a_former, parameters)
    return cell.after, cell.y, cell


def RNN_forward(x, a0, parameters):
    cells = []
    state = a0
    for piece in np.split(x, x.shape[2], axis=2):
        cell = Cell(piece.squeeze(), state, parameters)
        cells.append(cell)
        state = cell.after
    a = np.stack([cell.after for cell in cells], axis=2)
    y = np.stack([cell.y for cell in cells], axis=2)
    return cells, a, y


def rnn_cell_backward(d_next, cache):
    return cache.backward(d_next)


def RNN_backward(da, caches):
    total = {"dWam": 0, "dWaa": 0, "dba": 0}
    dx = []
    back = np.zeros(da.shape[:2])
    for t in range(len(caches) - 1, -1, -1):
        grads = caches[t].backward(da[:, :, t] + back)
        back = grads["da_former"]
        dx.append(grads["dx_t"])
        total = {key: total[key] + grads[key] for key in total}
    total["dx"] = np.stack(dx[::-1], axis=2)
    total["da0"] = back
    return total
