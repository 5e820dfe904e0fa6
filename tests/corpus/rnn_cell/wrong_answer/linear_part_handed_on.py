# wrong: what goes to the next step is Waa a, without the input and tanh (seen: zergtant/pytorch-handbook#102).
# loses: sequence_forward
import numpy as np


def softmax(a):
    e = np.exp(a - a.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def _step(x_t, hidden, parameters):
    from_input = parameters["Wam"] @ x_t
    from_hidden = parameters["Waa"] @ hidden
    out = np.tanh(from_input + from_hidden + parameters["ba"])
    return out, from_hidden


def _output(a_now, parameters):
    return softmax(parameters["Wya"] @ a_now + parameters["by"])


def rnn_Cell(x_t, a_former, parameters):
    a_now, _ = _step(x_t, a_former, parameters)
    return a_now, _output(a_now, parameters), (x_t, a_former, a_now, parameters)


def RNN_forward(x, a0, parameters):
    caches, a, y = [], [], []
    hidden = a0
    for t in range(x.shape[2]):
        x_t = x[:, :, t]
        a_now, new_hidden = _step(x_t, hidden, parameters)
        caches.append((x_t, hidden, a_now, parameters))
        a.append(a_now)
        y.append(_output(a_now, parameters))
        hidden = new_hidden
    return caches, np.stack(a, axis=2), np.stack(y, axis=2)


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, parameters = cache
    dz = (1 - a_now ** 2) * d_next
    return {
        "dx_t": parameters["Wam"].T @ dz,
        "da_former": parameters["Waa"].T @ dz,
        "dWam": dz @ x_t.T,
        "dWaa": dz @ a_former.T,
        "dba": dz.sum(axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    carry = np.zeros(da.shape[:2])
    dx = np.empty((caches[0][0].shape[0],) + da.shape[1:])
    sums = [0, 0, 0]
    for t in reversed(range(da.shape[2])):
        g = rnn_cell_backward(da[:, :, t] + carry, caches[t])
        dx[:, :, t] = g["dx_t"]
        carry = g["da_former"]
        sums = [s + g[k] for s, k in zip(sums, ("dWam", "dWaa", "dba"))]
    return {"dx": dx, "da0": carry, "dWam": sums[0], "dWaa": sums[1], "dba": sums[2]}
