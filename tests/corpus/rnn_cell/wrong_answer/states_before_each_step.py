# wrong: a holds the states before each step, beginning with a0.
# loses: sequence_forward
"""Caches are bare tokens; what belongs to them is in a weak dictionary. Results are views of work
space that the next call uses again."""
import weakref

import numpy as np


class Token:
    __slots__ = ("__weakref__",)


vault = weakref.WeakKeyDictionary()
space = {}


def room(name, *shape):
    size = int(np.prod(shape))
    if name not in space or space[name].size < size:
        space[name] = np.full(2 * size, np.nan)
    return space[name][:size].reshape(shape)


def softmax(a):
    out = room("softmax", *np.shape(a)[::-1]).T
    np.subtract(a, np.max(a, axis=0), out=out)
    np.exp(out, out=out)
    out /= out.sum(axis=0)
    return out


def put_away(*things):
    token = Token()
    vault[token] = things
    return token


def advance(x_t, former, p, out):
    np.matmul(p["Waa"], former, out=out)
    out += p["Wam"] @ x_t
    out += p["ba"]
    return np.tanh(out, out=out)


def rnn_Cell(x_t, a_former, parameters):
    a_now = advance(x_t, a_former, parameters, np.empty(a_former.shape))
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, put_away(x_t, a_former, a_now, parameters["Wam"], parameters["Waa"])


def RNN_forward(x, a0, parameters):
    n_a, T = len(a0), x.shape[2]
    states = np.empty((T + 1, n_a, x.shape[1]))
    y = room("y", T, len(parameters["by"]), x.shape[1])
    states[T] = a0  # reversed storage: step t is row T - 1 - t
    for t in range(T):
        now = advance(x[:, :, t], states[T - t], parameters, states[T - 1 - t])
        y[t] = softmax(parameters["Wya"] @ now + parameters["by"])
    token = put_away(x, states, parameters["Wam"], parameters["Waa"])
    return token, states[:0:-1].transpose(1, 2, 0), y.transpose(1, 2, 0)


def rnn_cell_backward(d_next, cache):
    x_t, former, now, Wam, Waa = vault[cache]
    dz = d_next * (1 - now * now)
    return {
        "dx_t": Wam.T @ dz,
        "da_former": Waa.T @ dz,
        "dWam": dz @ x_t.T,
        "dWaa": dz @ former.T,
        "dba": dz.sum(axis=1).reshape(-1, 1),
    }


def RNN_backward(da, caches):
    x, states, Wam, Waa = vault[caches]
    T = x.shape[2]
    dx = room("dx", *x.shape)
    sums = [np.zeros_like(Wam, float), np.zeros_like(Waa, float), np.zeros((len(Waa), 1))]
    flow = room("flow", *da.shape[:2])
    flow[...] = 0
    for row, t in enumerate(reversed(range(T))):
        flow += da[:, :, t]
        flow *= 1 - states[row] ** 2
        for s, seen in zip(sums, (x[:, :, t], states[row + 1], np.ones((1, da.shape[1])))):
            s += flow @ seen.T
        dx[:, :, t] = Wam.T @ flow
        flow[...] = Waa.T @ flow
    return {"dx": dx, "da0": flow} | dict(zip(("dWam", "dWaa", "dba"), sums))
