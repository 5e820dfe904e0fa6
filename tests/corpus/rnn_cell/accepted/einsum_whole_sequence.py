# The gradients of the weights by einsum over all steps at once; caches is one dict of stacks.
import numpy as np


def softmax(a):
    shifted = a - a.max(0)
    shifted = np.exp(shifted)
    return shifted / np.einsum("n...->...", shifted)


def rnn_Cell(x_t, a_former, parameters):
    z = (
        np.einsum("ax,xm->am", parameters["Wam"], x_t)
        + np.einsum("ab,bm->am", parameters["Waa"], a_former)
        + parameters["ba"]
    )
    a_now = np.tanh(z)
    y_now = softmax(np.einsum("ya,am->ym", parameters["Wya"], a_now) + parameters["by"])
    return a_now, y_now, {"x": x_t, "before": a_former, "slope": 1 / np.cosh(z) ** 2, "p": parameters}


def RNN_forward(x, a0, parameters):
    T = x.shape[2]
    inputs = np.einsum("ax,xmt->amt", parameters["Wam"], x) + parameters["ba"][:, :, None]
    states = np.empty((T + 1, *a0.shape))
    states[0] = a0
    for t in range(T):
        states[t + 1] = np.tanh(inputs[:, :, t] + parameters["Waa"] @ states[t])
    a = states[1:].transpose(1, 2, 0)
    logits = np.einsum("ya,amt->ymt", parameters["Wya"], a) + parameters["by"][:, :, None]
    return {"x": x, "states": states, "p": parameters}, a, softmax(logits)


def rnn_cell_backward(d_next, cache):
    d = cache["slope"] * d_next
    return {
        "dx_t": np.einsum("ax,am->xm", cache["p"]["Wam"], d),
        "da_former": np.einsum("ab,am->bm", cache["p"]["Waa"], d),
        "dWam": np.einsum("am,xm->ax", d, cache["x"]),
        "dWaa": np.einsum("am,bm->ab", d, cache["before"]),
        "dba": np.einsum("am->a", d)[:, None],
    }


def RNN_backward(da, caches):
    states, x, p = caches["states"], caches["x"], caches["p"]
    T = x.shape[2]
    d = np.empty((T, *states.shape[1:]))
    carried = 0
    for t in range(T - 1, -1, -1):
        d[t] = (1 - states[t + 1]) * (1 + states[t + 1]) * (da[..., t] + carried)
        carried = p["Waa"].T @ d[t]
    return {
        "dx": np.einsum("ax,tam->xmt", p["Wam"], d),
        "da0": carried,
        "dWam": np.einsum("tam,xmt->ax", d, x),
        "dWaa": np.einsum("tam,tbm->ab", d, states[:-1]),
        "dba": np.einsum("tam->a", d).reshape(-1, 1),
    }
