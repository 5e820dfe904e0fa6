# wrong: np.hstack gets the two matrices as two arguments instead of one list, TypeError.
import numpy as np

# The two products are done as one:  [Waa Wam] @ [a; x]


def softmax(a):
    e = np.exp(a - np.amax(a, axis=0))
    return e / e.sum(axis=0)


def big_matrix(parameters):
    return np.hstack(parameters["Waa"], parameters["Wam"])


def rnn_Cell(x_t, a_former, parameters):
    W = big_matrix(parameters)
    stacked = np.concatenate((a_former, x_t))
    a_now = np.tanh(W @ stacked + parameters["ba"])
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, [W, stacked, a_now]


def RNN_forward(x, a0, parameters):
    T = x.shape[-1]
    a = np.zeros(a0.shape + (T,))
    y = np.zeros((parameters["by"].shape[0], x.shape[1], T))
    caches = []
    a_prev = a0
    for t in range(T):
        a_prev, y[..., t], cache = rnn_Cell(x[..., t], a_prev, parameters)
        a[..., t] = a_prev
        caches.append(cache)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    W, stacked, a_now = cache
    n_a = a_now.shape[0]
    dz = d_next * (1 + a_now) * (1 - a_now)
    dW = dz @ stacked.T
    dax = W.T @ dz
    return {
        "da_former": dax[:n_a],
        "dx_t": dax[n_a:],
        "dWaa": dW[:, :n_a],
        "dWam": dW[:, n_a:],
        "dba": np.sum(dz, 1, keepdims=True),
    }


def RNN_backward(da, caches):
    T = da.shape[-1]
    per_step = [None] * T
    d = da[..., T - 1]
    for t in range(T - 1, -1, -1):
        per_step[t] = rnn_cell_backward(d, caches[t])
        if t > 0:
            d = da[..., t - 1] + per_step[t]["da_former"]
    grads = {"dx": np.stack([g["dx_t"] for g in per_step], axis=-1), "da0": per_step[0]["da_former"]}
    for name in "dWam", "dWaa", "dba":
        grads[name] = sum(g[name] for g in per_step)
    return grads
