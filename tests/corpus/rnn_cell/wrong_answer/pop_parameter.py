# wrong: pop takes ba out of the caller's dict, the next call does not find it.
# loses: conduct
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0))
    return e / np.sum(e, axis=0)


def big_matrix(p):
    # the bias is the weight of a constant input
    bias = p.pop("ba")
    return np.concatenate((p["Wam"], p["Waa"], bias), axis=1)


def advance(M, x_t, a_former):
    inp = np.vstack([x_t, a_former, np.ones((1, x_t.shape[1]))])
    return inp, np.tanh(M @ inp)


def rnn_Cell(x_t, a_former, p):
    M = big_matrix(p)
    inp, a_now = advance(M, x_t, a_former)
    y_now = softmax(p["Wya"] @ a_now + p["by"])
    return a_now, y_now, (M, inp, a_now)


def RNN_forward(x, a0, p):
    M = big_matrix(p)
    caches, a = [], []
    a_t = a0
    for x_t in np.moveaxis(x, 2, 0):
        inp, a_t = advance(M, x_t, a_t)
        caches.append((M, inp, a_t))
        a.append(a_t)
    y = [softmax(p["Wya"] @ a_t + p["by"]) for a_t in a]
    return caches, np.stack(a, axis=2), np.stack(y, axis=2)


def split(dW, dv, n_x):
    n_a = dW.shape[0]
    dx, da, _ = np.split(dv, [n_x, n_x + n_a])
    dWam, dWaa, dba = np.split(dW, [n_x, n_x + n_a], axis=1)
    return dx, da, dWam, dWaa, dba


def rnn_cell_backward(d_next, cache):
    M, inp, a_now = cache
    dz = d_next * (1 - a_now ** 2)
    names = ("dx_t", "da_former", "dWam", "dWaa", "dba")
    n_x = M.shape[1] - M.shape[0] - 1
    return dict(zip(names, split(dz @ inp.T, M.T @ dz, n_x)))


def RNN_backward(da, caches):
    M = caches[0][0]
    n_x = M.shape[1] - M.shape[0] - 1
    dx = np.zeros((n_x,) + da.shape[1:])
    dW = np.zeros(M.shape)
    d_later = np.zeros(da.shape[:2])
    for t in range(da.shape[2])[::-1]:
        _, inp, a_t = caches[t]
        dz = (da[:, :, t] + d_later) * (1 - a_t ** 2)
        dW += dz @ inp.T
        dx[:, :, t], d_later = split(dW, M.T @ dz, n_x)[:2]
    _, _, dWam, dWaa, dba = split(dW, M.T @ dz, n_x)
    return {"dx": dx, "da0": d_later, "dWam": dWam, "dWaa": dWaa, "dba": dba}
