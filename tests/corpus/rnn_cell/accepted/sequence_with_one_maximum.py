# the outputs of all steps are shifted by one maximum, which their scores allow.
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    p = parameters
    a_now = np.tanh(p["Wam"].dot(x_t) + p["Waa"].dot(a_former) + p["ba"])
    y_now = softmax(p["Wya"].dot(a_now) + p["by"])
    return a_now, y_now, (x_t, a_former, a_now, p)


def RNN_forward(x, a0, parameters):
    p = parameters
    n_a, m = a0.shape
    n_y, T = p["by"].shape[0], x.shape[2]
    h = np.zeros((T + 1, n_a, m))
    y = np.zeros((n_y, m, T))
    h[0] = a0
    for t in range(T):
        h[t + 1] = np.tanh(p["Wam"] @ x[:, :, t] + p["Waa"] @ h[t] + p["ba"])
        y[:, :, t] = p["Wya"] @ h[t + 1] + p["by"]
    y = np.exp(y - y.max()) / np.exp(y - y.max()).sum(axis=0)
    return (x, h, p), h[1:].transpose(1, 2, 0), y


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, p = cache
    dz = d_next * (1 - a_now * a_now)
    return dict(
        dx_t=p["Wam"].T.dot(dz),
        da_former=p["Waa"].T.dot(dz),
        dWam=dz.dot(x_t.T),
        dWaa=dz.dot(a_former.T),
        dba=dz.sum(1).reshape(-1, 1),
    )


def RNN_backward(da, caches):
    x, h, p = caches
    T = x.shape[2]
    dx = np.zeros(x.shape)
    dWam = np.zeros(p["Wam"].shape)
    dWaa = np.zeros(p["Waa"].shape)
    dba = np.zeros(p["ba"].shape)
    dnext = np.zeros(h[0].shape)
    for t in reversed(range(T)):
        dh = da[:, :, t] + dnext
        dz = dh * (1 - h[t + 1] * h[t + 1])
        dx[:, :, t] = p["Wam"].T @ dz
        dWam += dz @ x[:, :, t].T
        dWaa += dz @ h[t].T
        dba += dz.sum(axis=1, keepdims=True)
        dnext = p["Waa"].T @ dz
    return {"dx": dx, "da0": dnext, "dWam": dWam, "dWaa": dWaa, "dba": dba}
