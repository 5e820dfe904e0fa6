# The carried gradients as the solution of one block-triangular linear system per sample.
import numpy as np


def softmax(a):
    with np.errstate(over="ignore", under="ignore"):
        e = np.exp(np.subtract(a, np.max(a, axis=0, keepdims=True)))
    return e * (1.0 / e.sum(axis=0))


def rnn_Cell(*arguments):
    x, a, p = arguments
    after = np.tanh(np.matmul(p["Wam"], x) + np.matmul(p["Waa"], a) + p["ba"])
    return after, softmax(np.matmul(p["Wya"], after) + p["by"]), (x, a, after, p)


def RNN_forward(*arguments):
    x, a, p = arguments
    caches = []
    for t in range(np.size(x, 2)):
        a = rnn_Cell(x[:, :, t], a, p)[0]
        caches.append(a)
    states = np.stack(caches, axis=2)
    outputs = np.stack([softmax(p["Wya"] @ s + p["by"]) for s in caches], axis=2)
    return (x, arguments[1], states, p), states, outputs


def rnn_cell_backward(d_next, cache):
    x, a, after, p = cache
    d = (1 - after**2) * d_next
    names = ("dx_t", "da_former", "dWam", "dWaa", "dba")
    values = (p["Wam"].T @ d, p["Waa"].T @ d, d @ x.T, d @ a.T, d.sum(axis=1, keepdims=True))
    return dict(zip(names, values))


def RNN_backward(da, caches):
    x, a0, states, p = caches
    n_a, m, T = da.shape
    former = np.concatenate([a0[:, :, None], states[:, :, :-1]], axis=2)
    d = np.zeros((n_a, m, T))
    for j in range(m):
        system = np.eye(n_a * T)
        for t in range(T - 1):  # g_t - Waa^T diag(1 - a_{t+1}^2) g_{t+1} = da_t
            rows, columns = slice(t * n_a, (t + 1) * n_a), slice((t + 1) * n_a, (t + 2) * n_a)
            system[rows, columns] = -p["Waa"].T * (1 - states[:, j, t + 1] ** 2)
        g = da[:, j, :].T.reshape(-1).copy()
        for t in range(T - 2, -1, -1):  # back substitution, block by block
            rows, columns = slice(t * n_a, (t + 1) * n_a), slice((t + 1) * n_a, (t + 2) * n_a)
            g[rows] -= system[rows, columns] @ g[columns]
        d[:, j, :] = g.reshape(T, n_a).T * (1 - states[:, j, :] ** 2)
    return {
        "dx": np.einsum("ax,amt->xmt", p["Wam"], d),
        "da0": p["Waa"].T @ d[:, :, 0],
        "dWam": np.einsum("amt,xmt->ax", d, x),
        "dWaa": np.einsum("amt,bmt->ab", d, former),
        "dba": d.sum(axis=(1, 2))[:, None],
    }
