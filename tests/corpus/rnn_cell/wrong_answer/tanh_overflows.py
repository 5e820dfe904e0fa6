# wrong: tanh from exponentials that overflow for large arguments.
# loses: cell_forward, sequence_forward
"""Caches keep arguments only and everything is computed anew; softmax by differences of all pairs."""
import numpy as np


def softmax(a):
    a = np.asarray(a, dtype=float)
    with np.errstate(over="ignore"):
        ratios = np.exp(a[:, None, :] - a[None, :, :])  # e^(v_j - v_i)
        return 1.0 / ratios.sum(axis=0)


def states_of(xs, start, p):
    """a generator of (input, state before, state after)"""
    h = start
    for u in xs:
        e = np.exp(2 * (np.tensordot(p["Wam"], u, 1) + np.tensordot(p["Waa"], h, 1) + p["ba"]))
        v = (e - 1) / (e + 1)
        yield u, h, v
        h = v


def rnn_Cell(x_t, a_former, parameters):
    ((_, _, a_now),) = states_of([x_t], a_former, parameters)
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return [a_now, y_now, (x_t, a_former, parameters.copy())]


def RNN_forward(x, a0, parameters):
    pages = x.transpose(2, 0, 1)
    a = [h for _, _, h in states_of(pages, a0, parameters)]
    y = [softmax(parameters["Wya"] @ h + parameters["by"]) for h in a]
    return [(pages, a0, parameters.copy()), np.stack(a, -1), np.stack(y, -1)]


def gradients(ds, xs, start, p):
    trail = [*states_of(xs, start, p)]
    total = {"dWam": 0.0, "dWaa": 0.0, "dba": 0.0}
    dx = []
    flow = np.zeros(np.shape(start))
    while trail:
        u, before, after = trail.pop()
        flow = flow + ds[len(trail)]
        dz = flow - after * after * flow
        flow = p["Waa"].T @ dz
        dx.insert(0, p["Wam"].T @ dz)
        total["dWam"] += dz @ u.T
        total["dWaa"] += dz @ before.T
        total["dba"] += dz.sum(axis=1)[:, np.newaxis]
    return dx, flow, total


def rnn_cell_backward(d_next, cache):
    x_t, a_former, p = cache
    (dx_t,), da_former, total = gradients([d_next], [x_t], a_former, p)
    return {"dx_t": dx_t, "da_former": da_former} | total


def RNN_backward(da, caches):
    dx, da0, total = gradients(da.transpose(2, 0, 1), *caches)
    return {"dx": np.stack(dx, -1), "da0": da0} | total
