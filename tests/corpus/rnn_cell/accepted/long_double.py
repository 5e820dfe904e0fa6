# Everything in long double; the results are handed back as they are.
import numpy as np

L = np.longdouble


def softmax(a):
    a = np.asarray(a, L)
    e = np.exp(a - a.max(axis=0))
    return e / e.sum(axis=0)


def rnn_Cell(x_t, a_former, parameters):
    p = {k: v.astype(L) for k, v in parameters.items()}
    x_t, a_former = np.asarray(x_t, L), np.asarray(a_former, L)
    a_now = np.tanh(p["Wam"] @ x_t + p["Waa"] @ a_former + p["ba"])
    return a_now, softmax(p["Wya"] @ a_now + p["by"]), (x_t, a_former, a_now, p["Wam"], p["Waa"])


def RNN_forward(x, a0, parameters):
    n_x, m, T = x.shape
    a_t, caches = a0.astype(L), {}
    a = np.empty((*a0.shape, T), L)
    y = np.empty((len(parameters["by"]), m, T), L)
    for t in range(T):
        a_t, y[:, :, t], caches[t] = rnn_Cell(x[:, :, t], a_t, parameters)
        a[:, :, t] = a_t
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, Wam, Waa = cache
    dz = (1 - a_now**2) * d_next
    return dict(dx_t=Wam.T @ dz, da_former=Waa.T @ dz, dWam=dz @ x_t.T, dWaa=dz @ a_former.T,
                dba=dz.sum(axis=1, keepdims=True))


def RNN_backward(da, caches):
    back, dx, total = np.zeros(da.shape[:2], L), np.empty((len(caches[0][0]), *da.shape[1:]), L), None
    for t in sorted(caches, reverse=True):
        g = rnn_cell_backward(da[:, :, t] + back, caches[t])
        back, dx[:, :, t] = g.pop("da_former"), g.pop("dx_t")
        total = g if total is None else {k: total[k] + g[k] for k in g}
    return {**total, "dx": dx, "da0": back}
