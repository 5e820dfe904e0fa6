# wrong: the stored states are read at time 0 for every step (seen: allenai/allenact#77).
# loses: sequence_backward
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    a_now = np.tanh(parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"])
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, (x_t, a_former, a_now, parameters)


class Storage:
    """What a sequence leaves for the way back; states[t] is the state before step t."""

    def __init__(self, first_state, parameters):
        self.states = [first_state]
        self.inputs = []
        self.parameters = parameters

    def insert(self, x_t, a_now):
        self.inputs.append(x_t)
        self.states.append(a_now)

    def get(self, t):
        recurrent_state = self.states[0]
        return self.inputs[t], recurrent_state, self.states[t + 1], self.parameters


def RNN_forward(x, a0, parameters):
    storage = Storage(a0, parameters)
    outputs = []
    for t in range(x.shape[2]):
        x_t = x[:, :, t]
        a_now, y_now, _ = rnn_Cell(x_t, storage.states[t], parameters)
        storage.insert(x_t, a_now)
        outputs.append(y_now)
    return storage, np.stack(storage.states[1:], axis=2), np.stack(outputs, axis=2)


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, parameters = cache
    dz = d_next * (1 - a_now ** 2)
    return {
        "dx_t": parameters["Wam"].T @ dz,
        "da_former": parameters["Waa"].T @ dz,
        "dWam": dz @ x_t.T,
        "dWaa": dz @ a_former.T,
        "dba": dz.sum(axis=1, keepdims=True),
    }


def RNN_backward(da, caches):
    total = {"dWam": 0.0, "dWaa": 0.0, "dba": 0.0}
    dx = []
    flow = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        g = rnn_cell_backward(da[:, :, t] + flow, caches.get(t))
        flow = g["da_former"]
        dx.insert(0, g["dx_t"])
        for k in total:
            total[k] = total[k] + g[k]
    return {**total, "dx": np.stack(dx, axis=2), "da0": flow}
