# wrong: softmax lacks an exp in the denominator (seen: p2irc/deepplantphenomics#50).
# loses: softmax, cell_forward, sequence_forward
import numpy as np


def softmax(a):
    z = a - np.max(a, axis=0, keepdims=True)
    return np.exp(z) / np.sum(z, axis=0, keepdims=True)


class _Step:
    def __init__(self, x, before, after, weights):
        self.x, self.before, self.after, self.weights = x, before, after, weights


def rnn_Cell(x_t, a_former, parameters):
    score = parameters["Wam"].dot(x_t) + parameters["Waa"].dot(a_former) + parameters["ba"]
    a_now = np.tanh(score)
    y_now = softmax(parameters["Wya"].dot(a_now) + parameters["by"])
    return a_now, y_now, _Step(x_t, a_former, a_now, parameters)


def RNN_forward(x, a0, parameters):
    steps = x.shape[2]
    a = np.empty((a0.shape[0], a0.shape[1], steps))
    y = np.empty((parameters["by"].shape[0], a0.shape[1], steps))
    caches = []
    state = a0
    for t in range(steps):
        state, y[:, :, t], step = rnn_Cell(x[:, :, t], state, parameters)
        a[:, :, t] = state
        caches.append(step)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    dz = d_next * (1 - np.square(cache.after))
    return dict(
        dx_t=cache.weights["Wam"].T.dot(dz),
        da_former=cache.weights["Waa"].T.dot(dz),
        dWam=dz.dot(cache.x.T),
        dWaa=dz.dot(cache.before.T),
        dba=dz.sum(1, keepdims=True),
    )


def RNN_backward(da, caches):
    sums = dict(dWam=0, dWaa=0, dba=0)
    dx = [None] * len(caches)
    carried = np.zeros(da.shape[:2])
    for t in range(len(caches) - 1, -1, -1):
        grads = rnn_cell_backward(da[:, :, t] + carried, caches[t])
        carried = grads["da_former"]
        dx[t] = grads["dx_t"]
        for name in sums:
            sums[name] = sums[name] + grads[name]
    return dict(sums, dx=np.stack(dx, axis=-1), da0=carried)
