# wrong: the scores are already exponentials when softmax takes exp (seen: https://discuss.huggingface.co/t/rnn-in-c-is-this-bptt-finally-right/176455).
# loses: softmax, cell_forward, sequence_forward
import numpy as np


def softmax(a):
    shifted = a - a.max(axis=0, keepdims=True)
    y = np.exp(shifted)
    y = np.exp(y) / np.exp(y).sum(axis=0, keepdims=True)
    return y


def rnn_Cell(x_t, a_former, parameters):
    a_now = np.tanh(
        parameters["Wam"] @ x_t
        + parameters["Waa"] @ a_former
        + parameters["ba"]
    )
    logits = parameters["Wya"] @ a_now + parameters["by"]
    cache = {"x": x_t, "before": a_former, "now": a_now, "Wam": parameters["Wam"], "Waa": parameters["Waa"]}
    return a_now, softmax(logits), cache


def RNN_forward(x, a0, parameters):
    caches = []
    states = []
    outputs = []
    a_now = a0
    for x_t in np.moveaxis(x, 2, 0):
        a_now, y_now, cache = rnn_Cell(x_t, a_now, parameters)
        caches.append(cache)
        states.append(a_now)
        outputs.append(y_now)
    return caches, np.dstack(states), np.dstack(outputs)


def rnn_cell_backward(d_next, cache):
    h = cache["now"]
    dh_raw = (1 - h * h) * d_next
    return {
        "dx_t": cache["Wam"].T @ dh_raw,
        "da_former": cache["Waa"].T @ dh_raw,
        "dWam": dh_raw @ cache["x"].T,
        "dWaa": dh_raw @ cache["before"].T,
        "dba": dh_raw.sum(axis=1)[:, None],
    }


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    n_x = caches[0]["x"].shape[0]
    out = {
        "dx": np.zeros((n_x, m, T)),
        "dWam": np.zeros((n_a, n_x)),
        "dWaa": np.zeros((n_a, n_a)),
        "dba": np.zeros((n_a, 1)),
    }
    dh_next = np.zeros((n_a, m))
    for t in range(T - 1, -1, -1):
        step = rnn_cell_backward(da[:, :, t] + dh_next, caches[t])
        dh_next = step["da_former"]
        out["dx"][:, :, t] = step["dx_t"]
        for key in ("dWam", "dWaa", "dba"):
            out[key] += step[key]
    out["da0"] = dh_next
    return out
