# wrong: the state handed on is the mean over the samples of the batch (seen: fastai/fastbook#469).
# loses: sequence_forward
import numpy as np


def softmax(a):
    e = np.exp(a - a.max(0))
    return e / e.sum(0)


def rnn_Cell(x_t, a_former, parameters):
    h = np.tanh(parameters["Wam"].dot(x_t) + parameters["Waa"].dot(a_former) + parameters["ba"])
    out = softmax(parameters["Wya"].dot(h) + parameters["by"])
    return h, out, {"x": x_t, "h_before": a_former, "h": h, "p": parameters}


def RNN_forward(x, a0, parameters):
    T = x.shape[2]
    m = x.shape[1]
    caches, hs, outs = [], [], []
    h = a0
    for i in range(T):
        h, out, cache = rnn_Cell(x[:, :, i], h, parameters)
        hs.append(h)
        outs.append(out)
        caches.append(cache)
        h = np.tile(h.mean(axis=1, keepdims=True), (1, m))
    return caches, np.stack(hs, axis=2), np.stack(outs, axis=2)


def rnn_cell_backward(d_next, cache):
    p = cache["p"]
    g = d_next * (1 - cache["h"] ** 2)
    return {
        "dx_t": p["Wam"].T.dot(g),
        "da_former": p["Waa"].T.dot(g),
        "dWam": g.dot(cache["x"].T),
        "dWaa": g.dot(cache["h_before"].T),
        "dba": g.sum(1, keepdims=True),
    }


def RNN_backward(da, caches):
    grads = []
    back = 0.0
    for i, cache in reversed(list(enumerate(caches))):
        g = rnn_cell_backward(da[:, :, i] + back, cache)
        back = g["da_former"]
        grads.append(g)
    grads = grads[::-1]
    return {
        "dx": np.stack([g["dx_t"] for g in grads], axis=2),
        "da0": back,
        "dWam": np.sum([g["dWam"] for g in grads], axis=0),
        "dWaa": np.sum([g["dWaa"] for g in grads], axis=0),
        "dba": np.sum([g["dba"] for g in grads], axis=0),
    }
