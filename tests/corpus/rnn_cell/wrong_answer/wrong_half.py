# wrong: dWam is cut out of dW by rows instead of columns.
# loses: cell_backward, sequence_backward
import numpy as np

# The two products are done as one:  [Waa Wam] @ [a; x]


def softmax(a):
    a = a - np.amax(a, axis=0)
    np.exp(a, out=a)
    a /= a.sum(axis=0)
    return a


def join(parameters):
    return np.hstack([parameters["Waa"], parameters["Wam"]])


def rnn_Cell(x_t, a_former, parameters):
    W = join(parameters)
    ax = np.concatenate((a_former, x_t))
    a_now = np.tanh(W @ ax + parameters["ba"])
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, [W, ax, a_now]


def RNN_forward(x, a0, parameters):
    T = x.shape[-1]
    a = np.zeros(a0.shape + (T,))
    y = np.zeros((parameters["by"].shape[0], x.shape[1], T))
    caches = []
    former = a0
    for t in range(T):
        former, y[..., t], cache = rnn_Cell(x[..., t], former, parameters)
        a[..., t] = former
        caches.append(cache)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    W, ax, a_now = cache
    n_a = a_now.shape[0]
    dz = d_next * (1 + a_now) * (1 - a_now)
    dW = dz @ ax.T
    dax = W.T @ dz
    return {
        "da_former": dax[:n_a],
        "dx_t": dax[n_a:],
        "dWaa": dW[:, :n_a],
        "dWam": dW[n_a:],
        "dba": np.sum(dz, 1, keepdims=True),
    }


def RNN_backward(da, caches):
    T = da.shape[-1]
    steps = [None] * T
    d = da[..., T - 1]
    for t in range(T - 1, -1, -1):
        steps[t] = rnn_cell_backward(d, caches[t])
        if t > 0:
            d = da[..., t - 1] + steps[t]["da_former"]
    grads = {"dx": np.stack([s["dx_t"] for s in steps], axis=-1), "da0": steps[0]["da_former"]}
    for name in "dWam", "dWaa", "dba":
        grads[name] = sum(s[name] for s in steps)
    return grads
