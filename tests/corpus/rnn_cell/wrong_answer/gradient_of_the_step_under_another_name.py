# wrong: the gradient of Wam has the name that another course gives it, in the step and where steps are summed.
# loses: cell_backward
import numpy as np


def softmax(a):
    e = np.exp(a - a.max(0))
    return e / e.sum(0)


def rnn_Cell(x_t, a_former, parameters):
    a = np.tanh(parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"])
    return a, softmax(parameters["Wya"] @ a + parameters["by"]), (a, a_former, x_t, parameters)


def RNN_forward(x, a0, parameters):
    out, ys, caches = [], [], []
    for t in range(x.shape[2]):
        a0, y, c = rnn_Cell(x[:, :, t], a0, parameters)
        out.append(a0), ys.append(y), caches.append(c)
    return caches, np.dstack(out), np.dstack(ys)


def rnn_cell_backward(d_next, cache):
    a, a_former, x_t, p = cache
    dz = (1 - a * a) * d_next
    grads = {f"d{k}": v for k, v in (("x_t", p["Wam"].T @ dz), ("a_former", p["Waa"].T @ dz))}
    grads["dWax"] = dz @ x_t.T
    grads["dWaa"], grads["dba"] = dz @ a_former.T, dz.sum(1)[:, None]
    return grads


def RNN_backward(da, caches):
    back, dx, sums = 0, [], dict(dWax=0, dWaa=0, dba=0)
    for t in reversed(range(da.shape[2])):
        g = rnn_cell_backward(da[:, :, t] + back, caches[t])
        back = g["da_former"]
        dx.append(g["dx_t"])
        sums = {k: sums[k] + g[k] for k in sums}
    return {"dx": np.dstack(dx[::-1]), "da0": back, "dWam": sums["dWax"], "dWaa": sums["dWaa"], "dba": sums["dba"]}
