# wrong: the array of former states is a second name for the states (seen: omerbsezer/LSTM_RNN_Tutorials_with_Demo#2).
# loses: sequence_backward
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    a_now = np.tanh(parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"])
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, (x_t, a_former, a_now, parameters)


def RNN_forward(x, a0, parameters):
    n_a, m = a0.shape
    T = x.shape[2]
    a = np.zeros((n_a, m, T))
    a_prev = a
    y = np.zeros((parameters["by"].shape[0], m, T))
    a_t = a0
    for t in range(T):
        a_prev[:, :, t] = a_t
        a_t, y[:, :, t], _ = rnn_Cell(x[:, :, t], a_t, parameters)
        a[:, :, t] = a_t
    return (x, a_prev, a, parameters), a, y


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, parameters = cache
    dz = (1 - a_now * a_now) * d_next
    return {
        "dx_t": parameters["Wam"].T @ dz,
        "da_former": parameters["Waa"].T @ dz,
        "dWam": dz @ x_t.T,
        "dWaa": dz @ a_former.T,
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    x, a_prev, a, parameters = caches
    n_a, m, T = da.shape
    dx = np.zeros(x.shape)
    dWam = np.zeros((n_a, x.shape[0]))
    dWaa = np.zeros((n_a, n_a))
    dba = np.zeros((n_a, 1))
    da_prevt = np.zeros((n_a, m))
    for t in reversed(range(T)):
        cache = (x[:, :, t], a_prev[:, :, t], a[:, :, t], parameters)
        gradients = rnn_cell_backward(da[:, :, t] + da_prevt, cache)
        da_prevt = gradients["da_former"]
        dx[:, :, t] = gradients["dx_t"]
        dWam += gradients["dWam"]
        dWaa += gradients["dWaa"]
        dba += gradients["dba"]
    return {"dx": dx, "da0": da_prevt, "dWam": dWam, "dWaa": dWaa, "dba": dba}
