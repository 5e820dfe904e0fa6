# Fortran order inside and out, buffers for results that the next call reuses.
import numpy as np

_results = {}


def result(name, shape):
    if (name, shape) not in _results:
        _results[name, shape] = np.empty(shape, order="F")
    return _results[name, shape]


def softmax(a):
    e = np.asfortranarray(a).copy(order="F")
    e -= e.max(axis=0)
    np.exp(e, out=e)
    out = result("softmax", e.shape)
    np.divide(e, e.sum(axis=0), out=out)
    return out


def rnn_Cell(x_t, a_former, parameters):
    a_now = np.asfortranarray(
        np.tanh(parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"])
    )
    y = softmax(parameters["Wya"] @ a_now + parameters["by"])
    shown = result("a_now", a_now.shape)
    shown[...] = a_now
    return shown, y, (x_t.copy(order="F"), a_former.copy(order="F"), a_now, parameters)


def RNN_forward(x, a0, parameters):
    T, n_y = x.shape[2], len(parameters["by"])
    a, y = result("a", (*a0.shape, T)), result("y", (n_y, a0.shape[1], T))
    caches, a_t = [], a0
    for t in range(T):
        _, y[:, :, t], cache = rnn_Cell(x[:, :, t], a_t, parameters)
        a_t = cache[2]
        a[:, :, t] = a_t
        caches.append(cache)
    return tuple(caches), a, y


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, parameters = cache
    d_z = np.asfortranarray((1 - a_now**2) * d_next)
    out = {
        "dx_t": result("dx_t", x_t.shape),
        "da_former": result("da_former", a_former.shape),
        "dWam": result("dWam", parameters["Wam"].shape),
        "dWaa": result("dWaa", parameters["Waa"].shape),
        "dba": result("dba", parameters["ba"].shape),
    }
    out["dx_t"][...] = parameters["Wam"].T @ d_z
    out["da_former"][...] = parameters["Waa"].T @ d_z
    out["dWam"][...] = d_z @ x_t.T
    out["dWaa"][...] = d_z @ a_former.T
    out["dba"][...] = d_z.sum(axis=1, keepdims=True)
    return out


def RNN_backward(da, caches):
    T = da.shape[2]
    dx = np.empty((*caches[0][0].shape, T), order="F")
    sums = None
    carried = np.zeros(da.shape[:2], order="F")
    for t in range(T - 1, -1, -1):
        g = rnn_cell_backward(da[:, :, t] + carried, caches[t])
        dx[:, :, t] = g["dx_t"]
        carried[...] = g["da_former"]
        part = [g["dWam"].copy(), g["dWaa"].copy(), g["dba"].copy()]
        sums = part if sums is None else [s + p for s, p in zip(sums, part)]
    return {"dx": dx, "da0": carried, "dWam": sums[0], "dWaa": sums[1], "dba": sums[2]}
