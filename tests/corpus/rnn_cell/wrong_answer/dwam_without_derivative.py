# wrong: dWam is made of d_next, before the derivative of tanh (seen: arthurdouillard/deepcourse#6).
# loses: cell_backward, sequence_backward
import numpy as np


def softmax(a):
    e_x = np.exp(a - np.max(a, axis=0))
    return e_x / e_x.sum(axis=0)


def rnn_Cell(x_t, a_former, parameters):
    h_tilde = np.dot(parameters["Wam"], x_t) + np.dot(parameters["Waa"], a_former) + parameters["ba"]
    h = np.tanh(h_tilde)
    y_hat = softmax(np.dot(parameters["Wya"], h) + parameters["by"])
    return h, y_hat, (x_t, a_former, h, parameters["Wam"], parameters["Waa"])


def RNN_forward(x, a0, parameters):
    h = a0
    h_all, y_all, caches = [], [], []
    for t in range(x.shape[2]):
        h, y_hat, cache = rnn_Cell(x[:, :, t], h, parameters)
        h_all.append(h)
        y_all.append(y_hat)
        caches.append(cache)
    return caches, np.stack(h_all, axis=2), np.stack(y_all, axis=2)


def rnn_cell_backward(d_next, cache):
    x_t, a_former, h, Wam, Waa = cache
    grad_h = d_next
    grad_htilde = grad_h * (1 - h ** 2)
    grads = {}
    grads["dWam"] = np.dot(grad_h, x_t.T)
    grads["dWaa"] = np.dot(grad_htilde, a_former.T)
    grads["dba"] = np.sum(grad_htilde, axis=1, keepdims=True)
    grads["dx_t"] = np.dot(Wam.T, grad_htilde)
    grads["da_former"] = np.dot(Waa.T, grad_htilde)
    return grads


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    n_x = caches[0][0].shape[0]
    dx = np.zeros((n_x, m, T))
    dWam, dWaa, dba = np.zeros((n_a, n_x)), np.zeros((n_a, n_a)), np.zeros((n_a, 1))
    grad = np.zeros((n_a, m))
    for t in range(T - 1, -1, -1):
        grads = rnn_cell_backward(da[:, :, t] + grad, caches[t])
        grad = grads["da_former"]
        dx[:, :, t] = grads["dx_t"]
        dWam += grads["dWam"]
        dWaa += grads["dWaa"]
        dba += grads["dba"]
    return {"dx": dx, "da0": grad, "dWam": dWam, "dWaa": dWaa, "dba": dba}
