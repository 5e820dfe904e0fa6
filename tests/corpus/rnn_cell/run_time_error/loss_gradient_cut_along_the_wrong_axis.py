# wrong: da[t] cuts the units and not the time axis (seen: https://community.deeplearning.ai/t/d5w1-a1-assignment-exercise-6-rnn-backward-need-help/157244).
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    a_now = np.tanh(np.dot(parameters["Wam"], x_t) + np.dot(parameters["Waa"], a_former) + parameters["ba"])
    y_now = softmax(np.dot(parameters["Wya"], a_now) + parameters["by"])
    return a_now, y_now, (a_now, a_former, x_t, parameters)


def RNN_forward(x, a0, parameters):
    caches = []
    n_x, m, T_x = x.shape
    n_y, n_a = parameters["Wya"].shape
    a = np.zeros((n_a, m, T_x))
    y = np.zeros((n_y, m, T_x))
    a_next = a0
    for t in range(T_x):
        a_next, y_t, cache = rnn_Cell(x[:, :, t], a_next, parameters)
        a[:, :, t] = a_next
        y[:, :, t] = y_t
        caches.append(cache)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    a_now, a_former, x_t, parameters = cache
    dtanh = d_next * (1 - a_now ** 2)
    return {
        "dx_t": np.dot(parameters["Wam"].T, dtanh),
        "da_former": np.dot(parameters["Waa"].T, dtanh),
        "dWam": np.dot(dtanh, x_t.T),
        "dWaa": np.dot(dtanh, a_former.T),
        "dba": np.sum(dtanh, axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    n_a, m, T_x = da.shape
    n_x = caches[0][2].shape[0]
    dx = np.zeros((n_x, m, T_x))
    dWam = np.zeros((n_a, n_x))
    dWaa = np.zeros((n_a, n_a))
    dba = np.zeros((n_a, 1))
    da_prevt = np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        gradients = rnn_cell_backward(da[t] + da_prevt, caches[t])
        da_prevt = gradients["da_former"]
        dx[:, :, t] = gradients["dx_t"]
        dWam += gradients["dWam"]
        dWaa += gradients["dWaa"]
        dba += gradients["dba"]
    return {"dx": dx, "da0": da_prevt, "dWam": dWam, "dWaa": dWaa, "dba": dba}
