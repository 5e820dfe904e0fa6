# wrong: da is never used, only the carried zeros go back (seen: https://community.deeplearning.ai/t/question-on-backpropagation-week-1-prog-assignment-1/555129).
# loses: sequence_backward
import numpy as np


def softmax(a):
    shifted = np.exp(a - np.max(a, axis=0, keepdims=True))
    return shifted / np.sum(shifted, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa, Wya = parameters["Wam"], parameters["Waa"], parameters["Wya"]
    ba, by = parameters["ba"], parameters["by"]
    a_now = np.tanh(np.dot(Waa, a_former) + np.dot(Wam, x_t) + ba)
    y_now = softmax(np.dot(Wya, a_now) + by)
    cache = (a_now, a_former, x_t, parameters)
    return a_now, y_now, cache


def RNN_forward(x, a0, parameters):
    n_x, m, T = x.shape
    n_y, n_a = parameters["Wya"].shape
    a = np.zeros((n_a, m, T))
    y = np.zeros((n_y, m, T))
    caches = []
    a_now = a0
    for t in range(T):
        a_now, y_now, cache = rnn_Cell(x[:, :, t], a_now, parameters)
        a[:, :, t] = a_now
        y[:, :, t] = y_now
        caches.append(cache)
    return (caches, x), a, y


def rnn_cell_backward(d_next, cache):
    (a_now, a_former, x_t, parameters) = cache
    dtanh = (1 - a_now ** 2) * d_next
    dx_t = np.dot(parameters["Wam"].T, dtanh)
    dWam = np.dot(dtanh, x_t.T)
    da_former = np.dot(parameters["Waa"].T, dtanh)
    dWaa = np.dot(dtanh, a_former.T)
    dba = np.sum(dtanh, axis=1, keepdims=True)
    return {"dx_t": dx_t, "da_former": da_former, "dWam": dWam, "dWaa": dWaa, "dba": dba}


def RNN_backward(da, caches):
    (caches, x) = caches
    n_a, m, T = da.shape
    n_x = x.shape[0]
    dx = np.zeros((n_x, m, T))
    dWam = np.zeros((n_a, n_x))
    dWaa = np.zeros((n_a, n_a))
    dba = np.zeros((n_a, 1))
    da_former = np.zeros((n_a, m))
    for t in reversed(range(T)):
        gradients = rnn_cell_backward(da_former, caches[t])
        da_former = gradients["da_former"]
        dx[:, :, t] = gradients["dx_t"]
        dWam += gradients["dWam"]
        dWaa += gradients["dWaa"]
        dba += gradients["dba"]
    return {"dx": dx, "da0": da_former, "dWam": dWam, "dWaa": dWaa, "dba": dba}
