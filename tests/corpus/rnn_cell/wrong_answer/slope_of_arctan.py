# wrong: the derivative is 1 / (1 + z^2), that of arctan (seen: neowsl/rust-ml#3).
# loses: cell_backward, sequence_backward
import numpy as np


class Activation:
    def __init__(self, function, derivative):
        self.function = function
        self.derivative = derivative


TANH = Activation(np.tanh, lambda z: 1 / (1 + z ** 2))


def softmax(a):
    top = np.max(a, axis=0, keepdims=True)
    e = np.exp(a - top)
    return e / e.sum(axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    z = parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"]
    a_now = TANH.function(z)
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, (x_t, a_former, z, parameters)


def RNN_forward(x, a0, parameters):
    results = []
    a_now = a0
    for t in range(x.shape[2]):
        results.append(rnn_Cell(x[:, :, t], a_now, parameters))
        a_now = results[-1][0]
    a, y, caches = zip(*results)
    return list(caches), np.stack(a, 2), np.stack(y, 2)


def rnn_cell_backward(d_next, cache):
    x_t, a_former, z, parameters = cache
    dz = d_next * TANH.derivative(z)
    return {
        "dx_t": parameters["Wam"].T @ dz,
        "da_former": parameters["Waa"].T @ dz,
        "dWam": dz @ x_t.T,
        "dWaa": dz @ a_former.T,
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    steps = []
    d = 0
    for t in range(da.shape[2] - 1, -1, -1):
        steps.append(rnn_cell_backward(da[:, :, t] + d, caches[t]))
        d = steps[-1]["da_former"]
    steps.reverse()
    return {
        "dx": np.stack([s["dx_t"] for s in steps], 2),
        "da0": d,
        "dWam": sum(s["dWam"] for s in steps),
        "dWaa": sum(s["dWaa"] for s in steps),
        "dba": sum(s["dba"] for s in steps),
    }
