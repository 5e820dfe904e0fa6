# wrong: dx shaped like da, but it has n_x rows.
# loses: sequence_backward
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, 0))
    return e / np.sum(e, 0)


def rnn_Cell(x_t, a_former, parameters):
    W, U, V = parameters["Wam"], parameters["Waa"], parameters["Wya"]
    a_now = np.tanh(W @ x_t + U @ a_former + parameters["ba"])
    return a_now, softmax(V @ a_now + parameters["by"]), (W, U, x_t, a_former, a_now)


def RNN_forward(x, a0, parameters):
    T = x.shape[2]
    prev = a0
    caches = list()
    a = np.zeros((a0.shape[0], a0.shape[1], T))
    y = np.zeros((parameters["Wya"].shape[0], a0.shape[1], T))
    for t in range(0, T):
        prev, y[:, :, t], cache = rnn_Cell(x[:, :, t], prev, parameters)
        a[:, :, t] = prev
        caches.append(cache)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    W, U, x_t, a_former, a_now = cache
    dz = (1 - a_now * a_now) * d_next
    gradients = dict()
    gradients["dx_t"] = W.T @ dz
    gradients["da_former"] = U.T @ dz
    gradients["dWam"] = dz @ x_t.T
    gradients["dWaa"] = dz @ a_former.T
    gradients["dba"] = np.sum(dz, 1, keepdims=True)
    return gradients


def RNN_backward(da, caches):
    W, U, x_last, _, _ = caches[-1]
    T = len(caches)
    dx = np.zeros_like(da)
    dW, dU, db = np.zeros_like(W), np.zeros_like(U), np.zeros((len(U), 1))
    da_next = np.zeros(da.shape[:-1])
    for t in range(T - 1, -1, -1):
        gradients = rnn_cell_backward(da[:, :, t] + da_next, caches[t])
        dx[:, :, t] = gradients["dx_t"]
        dW += gradients["dWam"]
        dU += gradients["dWaa"]
        db += gradients["dba"]
        da_next = gradients["da_former"]
    return {"dx": dx, "da0": da_next, "dWam": dW, "dWaa": dU, "dba": db}
