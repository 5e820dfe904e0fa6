# wrong: the cell writes its values into the caller's dict parameters.
# loses: conduct
import numpy as np


def softmax(a):
    biggest = np.max(a, axis=0)
    e = np.exp(np.subtract(a, biggest))
    return np.divide(e, np.sum(e, axis=0))


def rnn_Cell(x_t, a_former, parameters):
    z = np.matmul(parameters["Wam"], x_t)
    z = z + np.matmul(parameters["Waa"], a_former)
    z = z + parameters["ba"]
    a_now = np.tanh(z)
    y_now = softmax(np.matmul(parameters["Wya"], a_now) + parameters["by"])
    # everything the way back needs, in one dict
    parameters["x_t"] = x_t
    parameters["a_former"] = a_former
    parameters["a_now"] = a_now
    cache = dict(parameters)
    return a_now, y_now, cache


def RNN_forward(x, a0, parameters):
    T = x.shape[-1]
    caches = {}
    a = np.zeros(a0.shape + (T,))
    y = np.zeros((parameters["by"].shape[0], a0.shape[1], T))
    a_prev = a0
    for t in range(T):
        a_prev, y[..., t], caches[t] = rnn_Cell(x[..., t], a_prev, parameters)
        a[..., t] = a_prev
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    grads = {}
    dz = (1 - cache["a_now"] * cache["a_now"]) * d_next
    grads["dx_t"] = np.matmul(cache["Wam"].T, dz)
    grads["da_former"] = np.matmul(cache["Waa"].T, dz)
    grads["dWam"] = np.matmul(dz, cache["x_t"].T)
    grads["dWaa"] = np.matmul(dz, cache["a_former"].T)
    grads["dba"] = np.sum(dz, axis=1).reshape(-1, 1)
    return grads


def RNN_backward(da, caches):
    T = da.shape[-1]
    last = caches[T - 1]
    total = {
        "dx": np.zeros(last["x_t"].shape + (T,)),
        "da0": np.zeros(last["a_now"].shape),
        "dWam": np.zeros(last["Wam"].shape),
        "dWaa": np.zeros(last["Waa"].shape),
        "dba": np.zeros(last["ba"].shape),
    }
    for t in sorted(caches, reverse=True):
        # da0 holds what comes from the step after this one
        grads = rnn_cell_backward(da[..., t] + total["da0"], caches[t])
        total["dx"][..., t] = grads["dx_t"]
        total["da0"] = grads["da_former"]
        for key in ("dWam", "dWaa", "dba"):
            total[key] += grads[key]
    return total
