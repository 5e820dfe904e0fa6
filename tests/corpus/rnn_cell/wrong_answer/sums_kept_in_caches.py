# wrong: the sums over time are kept in the caches and not started at zero, so that a second use of the caches adds to the first.
# loses: conduct
import numpy as np

# The cache of a step is the function that computes its gradients.


def softmax(a):
    shifted = a - np.amax(a, axis=0)
    powers = np.exp(shifted)
    return powers / np.add.reduce(powers, axis=0)


def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa = parameters["Wam"], parameters["Waa"]
    a_t = np.tanh(Wam.dot(x_t) + Waa.dot(a_former) + parameters["ba"])
    y_now = softmax(parameters["Wya"].dot(a_t) + parameters["by"])
    tanh_slope = 1 - a_t * a_t

    def way_back(delta):
        dz = tanh_slope * delta
        return {
            "dx_t": Wam.T.dot(dz),
            "da_former": Waa.T.dot(dz),
            "dWam": dz.dot(x_t.T),
            "dWaa": dz.dot(a_former.T),
            "dba": dz.sum(axis=1)[:, np.newaxis],
        }

    return a_t, y_now, way_back


def rnn_cell_backward(d_next, cache):
    return cache(d_next)


def RNN_forward(x, a0, parameters):
    steps = []
    a_former = a0
    for t in range(x.shape[2]):
        step = rnn_Cell(x[..., t], a_former, parameters)
        a_former = step[0]
        steps.append(step)
    states, outputs, caches = zip(*steps)
    memory = {"steps": caches, "dWam": 0, "dWaa": 0, "dba": 0}
    return memory, np.dstack(states), np.dstack(outputs)


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    dx = [None] * T
    delta = np.zeros((n_a, m))
    for t in range(T - 1, -1, -1):
        g = caches["steps"][t](delta + da[:, :, t])
        delta = g["da_former"]
        dx[t] = g["dx_t"]
        for name in ("dWam", "dWaa", "dba"):
            caches[name] = caches[name] + g[name]
    result = {name: caches[name] for name in ("dWam", "dWaa", "dba")}
    result["dx"] = np.dstack(dx)
    result["da0"] = delta
    return result
