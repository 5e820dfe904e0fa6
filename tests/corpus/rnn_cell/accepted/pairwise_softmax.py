# softmax as one over a sum of exponentials of differences; sech squared; caches as strings into a dict.
import numpy as np


class Network:
    """The functions of the statement are bound methods of one object."""

    def __init__(self):
        self.memory = {}

    def softmax(self, a):
        return 1 / np.exp(a[:, None, :] - a[None, :, :]).sum(axis=0)

    def cell(self, x_t, a_former, parameters):
        z = parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"]
        key = f"step {len(self.memory)}"
        self.memory[key] = (x_t, a_former, z, parameters)
        a_now = np.tanh(z)
        return a_now, self.softmax(parameters["Wya"] @ a_now + parameters["by"]), key

    def forward(self, x, a0, parameters):
        keys, states, outputs = "", [], []
        a_t = a0
        for x_t in np.rollaxis(x, 2):
            a_t, y_t, key = self.cell(x_t, a_t, parameters)
            keys += key + ";"
            states.append(a_t)
            outputs.append(y_t)
        return keys, np.stack(states, axis=-1), np.stack(outputs, axis=-1)

    def cell_backward(self, d_next, cache):
        x_t, a_former, z, p = self.memory[cache]
        d = d_next * 4 / (np.exp(z) + np.exp(-z)) ** 2
        return {
            "dWam": (d[:, None, :] * x_t).sum(-1),
            "dWaa": (d[:, None, :] * a_former).sum(-1),
            "dba": d.sum(-1, keepdims=True),
            "dx_t": (p["Wam"][:, :, None] * d[:, None, :]).sum(0),
            "da_former": (p["Waa"][:, :, None] * d[:, None, :]).sum(0),
        }

    def backward(self, da, caches):
        keys = caches.split(";")[:-1]
        d, dx, weights = 0, [], []
        for t, key in reversed(list(enumerate(keys))):
            g = self.cell_backward(da[:, :, t] + d, key)
            d = g["da_former"]
            dx.append(g["dx_t"])
            weights.append([g["dWam"], g["dWaa"], g["dba"]])
        dWam, dWaa, dba = (np.sum(w, axis=0) for w in zip(*weights))
        return {"dx": np.stack(dx[::-1], axis=-1), "da0": d, "dWam": dWam, "dWaa": dWaa, "dba": dba}


network = Network()
softmax = network.softmax
rnn_Cell, RNN_forward = network.cell, network.forward
rnn_cell_backward, RNN_backward = network.cell_backward, network.backward
