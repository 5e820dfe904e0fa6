# wrong: the caches hold an iterator, which is empty when they are used again.
# loses: conduct
import numpy as np


def softmax(a):
    def one(column):
        e = np.exp(column - column.max())
        return e / e.sum()

    return np.apply_along_axis(one, 0, a)


def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa, Wya = parameters["Wam"], parameters["Waa"], parameters["Wya"]
    a_now = np.tanh(Wam @ x_t + Waa @ a_former + parameters["ba"])
    y_now = softmax(Wya @ a_now + parameters["by"])

    def back(d):
        """the cache is this function: gradient of a_now in, all other gradients out"""
        dz = d * (1 - a_now) * (1 + a_now)
        return Wam.T @ dz, Waa.T @ dz, dz @ x_t.T, dz @ a_former.T, dz.sum(1, keepdims=True)

    return a_now, y_now, back


def RNN_forward(x, a0, parameters):
    a, y, backs = [], [], []
    state = a0
    for t in range(x.shape[2]):
        state, out, back = rnn_Cell(x[:, :, t], state, parameters)
        a.append(state)
        y.append(out)
        backs.append(back)
    # last step first, with the sizes the gradients will have
    caches = {"backs": reversed(backs), "n_x": x.shape[0]}
    return caches, np.stack(a, 2), np.stack(y, 2)


def rnn_cell_backward(d_next, cache):
    names = "dx_t", "da_former", "dWam", "dWaa", "dba"
    return dict(zip(names, cache(d_next)))


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    n_x = caches["n_x"]
    dx, flow = np.zeros((n_x, m, T)), np.zeros((n_a, m))
    sums = [np.zeros((n_a, n_x)), np.zeros((n_a, n_a)), np.zeros((n_a, 1))]
    for t, back in zip(range(T - 1, -1, -1), caches["backs"]):
        dx[:, :, t], flow, *parts = back(da[:, :, t] + flow)
        sums = [s + p for s, p in zip(sums, parts)]
    return {"dx": dx, "da0": flow, "dWam": sums[0], "dWaa": sums[1], "dba": sums[2]}
