# wrong: the derivative of tanh is taken from the state before the step instead of the one after it.
# loses: cell_backward, sequence_backward
from dataclasses import dataclass, field

import numpy as np


@dataclass
class CellCache:
    x: np.ndarray
    a_before: np.ndarray
    a_after: np.ndarray
    Wam: np.ndarray
    Waa: np.ndarray


@dataclass
class Gradients:
    """Collects what the steps say about the parameters."""

    dWam: np.ndarray
    dWaa: np.ndarray
    dba: np.ndarray

    @classmethod
    def zeros(cls, cache: CellCache) -> "Gradients":
        return cls(np.zeros(cache.Wam.shape), np.zeros(cache.Waa.shape), np.zeros((len(cache.Waa), 1)))

    def add(self, step: dict) -> None:
        for name in vars(self):
            setattr(self, name, getattr(self, name) + step[name])


def softmax(a):
    """Column by column."""
    result = np.zeros(np.shape(a))
    for j in range(result.shape[1]):
        column = np.exp(a[:, j] - max(a[:, j]))
        result[:, j] = column / column.sum()
    return result


def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa, Wya, ba, by = (parameters[k] for k in ("Wam", "Waa", "Wya", "ba", "by"))
    a_now = np.tanh(Wam @ x_t + Waa @ a_former + ba)
    y_now = softmax(Wya @ a_now + by)
    return a_now, y_now, CellCache(x_t, a_former, a_now, Wam, Waa)


def RNN_forward(x, a0, parameters):
    caches, states, outputs = [], [], []
    state = a0
    for x_t in np.moveaxis(x, -1, 0):
        state, y_t, cache = rnn_Cell(x_t, state, parameters)
        caches.append(cache)
        states.append(state)
        outputs.append(y_t)
    return caches, np.stack(states, axis=-1), np.stack(outputs, axis=-1)


def rnn_cell_backward(d_next, cache):
    dz = d_next * (1.0 - np.square(cache.a_before))
    return {
        "dx_t": cache.Wam.T @ dz,
        "da_former": cache.Waa.T @ dz,
        "dWam": dz @ cache.x.T,
        "dWaa": dz @ cache.a_before.T,
        "dba": dz.sum(axis=1).reshape(-1, 1),
    }


def RNN_backward(da, caches):
    total = Gradients.zeros(caches[0])
    dx = []
    carried = np.zeros(da.shape[:2])
    for d_t, cache in zip(np.moveaxis(da, -1, 0)[::-1], caches[::-1]):
        step = rnn_cell_backward(d_t + carried, cache)
        carried = step["da_former"]
        dx.insert(0, step["dx_t"])
        total.add(step)
    return {"dx": np.stack(dx, axis=-1), "da0": carried, **vars(total)}
