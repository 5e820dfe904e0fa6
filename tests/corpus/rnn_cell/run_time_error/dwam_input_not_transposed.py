# wrong: dWam is x_t times dz, without a transpose (seen: C5W1 Exercise 5 in https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1).
import numpy as np


def softmax(a):
    m = np.max(a, axis=0, keepdims=True)
    e = np.exp(a - m)
    return e / np.sum(e, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa, Wya, ba, by = (parameters[k] for k in ("Wam", "Waa", "Wya", "ba", "by"))
    a_now = np.tanh(np.dot(Wam, x_t) + np.dot(Waa, a_former) + ba)
    y_now = softmax(np.dot(Wya, a_now) + by)
    return a_now, y_now, (a_now, a_former, x_t, parameters)


def RNN_forward(x, a0, parameters):
    caches, states, outputs = [], [], []
    a_next = a0
    for t in range(x.shape[2]):
        a_next, y_t, cache = rnn_Cell(x[:, :, t], a_next, parameters)
        states.append(a_next)
        outputs.append(y_t)
        caches.append(cache)
    return caches, np.stack(states, axis=2), np.stack(outputs, axis=2)


def rnn_cell_backward(d_next, cache):
    (a_now, a_former, x_t, parameters) = cache
    # derivative of tanh
    dtanh = d_next * (1 - a_now ** 2)
    # input
    dx_t = np.dot(parameters["Wam"].T, dtanh)
    dWam = np.dot(x_t, dtanh)
    # state before
    da_former = np.dot(parameters["Waa"].T, dtanh)
    dWaa = np.dot(dtanh, a_former.T)
    # bias
    dba = np.sum(dtanh, axis=1, keepdims=True)
    return {"dx_t": dx_t, "da_former": da_former, "dWam": dWam, "dWaa": dWaa, "dba": dba}


def RNN_backward(da, caches):
    dWam = dWaa = dba = 0
    dx = []
    da_prevt = np.zeros_like(da[:, :, 0])
    for t in reversed(range(da.shape[2])):
        g = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = g["da_former"]
        dx.insert(0, g["dx_t"])
        dWam = dWam + g["dWam"]
        dWaa = dWaa + g["dWaa"]
        dba = dba + g["dba"]
    return {"dx": np.stack(dx, axis=2), "da0": da_prevt, "dWam": dWam, "dWaa": dWaa, "dba": dba}
