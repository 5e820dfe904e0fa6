# A cache is the function that computes the gradients; nothing else is kept.
import numpy as np


def softmax(a):
    z = np.exp(a - np.amax(a, axis=0)[np.newaxis])
    return np.divide(z, z.sum(axis=0)[np.newaxis])


def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa, Wya, ba, by = (parameters[k] for k in "Wam Waa Wya ba by".split())
    a_now = np.tanh(Wam @ x_t + Waa @ a_former + ba)

    def pullback(d_next):
        d = d_next - d_next * a_now * a_now
        return dict(
            dx_t=Wam.T @ d, da_former=Waa.T @ d, dWam=d @ x_t.T, dWaa=d @ a_former.T,
            dba=d @ np.ones((d.shape[1], 1)),
        )

    return [a_now, softmax(Wya @ a_now + by), pullback]


def RNN_forward(x, a0, parameters):
    chain, a, y = [], [a0], []
    for x_t in np.moveaxis(x, 2, 0):
        now, out, pullback = rnn_Cell(x_t, a[-1], parameters)
        a.append(now)
        y.append(out)
        chain.append(pullback)

    def pull_all(da):
        d, parts = np.zeros(a0.shape), []
        for t, back in reversed(list(enumerate(chain))):
            parts.append(back(da[:, :, t] + d))
            d = parts[-1]["da_former"]
        parts = parts[::-1]
        result = {k: sum(p[k] for p in parts) for k in ("dWam", "dWaa", "dba")}
        result["dx"] = np.stack([p["dx_t"] for p in parts], -1)
        result["da0"] = d
        return result

    return [pull_all, np.stack(a[1:], -1), np.stack(y, -1)]


def rnn_cell_backward(d_next, cache):
    return cache(d_next)


def RNN_backward(da, caches):
    return caches(da)
