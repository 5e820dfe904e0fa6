# wrong: the update of synapse_h names a variable that does not exist (seen: llSourcell/neural_networks#5).
import numpy as np


def activate(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def int2binary(n, binary_dim=8):
    if n < 0 or int(n) >= 2**binary_dim:
        raise ValueError(n)
    return np.array([int(ch) for ch in format(int(n), "0%db" % binary_dim)], dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def states(self, a, b):
        hidden = [np.zeros((self.synapse_h.shape[0], 1))]
        outputs = []
        for bit_a, bit_b in zip(a[::-1], b[::-1]):
            x = np.array([[bit_a], [bit_b]], dtype=float)
            hidden.append(activate(self.synapse_0.dot(x) + self.synapse_h.dot(hidden[-1])))
            outputs.append(activate(self.synapse_1.dot(hidden[-1])))
        return hidden, outputs

    def forward(self, a, b):
        _, outputs = self.states(a, b)
        return np.array([o[0, 0] for o in reversed(outputs)])

    def train_step(self, a, b, c, alpha=0.1):
        hidden, outputs = self.states(a, b)
        update_0 = np.zeros(self.synapse_0.shape)
        update_1 = np.zeros(self.synapse_1.shape)
        update_h = np.zeros(self.synapse_h.shape)
        overall_error = 0
        d = []
        future = np.zeros((self.synapse_h.shape[0], 1))
        for position in range(len(a)):
            x = np.array([[a[position]], [b[position]]], dtype=float)
            layer_1 = hidden[-position - 1]
            prev_layer_1 = hidden[-position - 2]
            layer_2 = outputs[-position - 1]
            error = float(c[position]) - layer_2
            overall_error += abs(error[0, 0])
            d.append(int(round(layer_2[0, 0])))
            output_gradient = error * activate(layer_2, deriv=True)
            hidden_gradients = self.synapse_h.T.dot(future) + self.synapse_1.T.dot(output_gradient)
            hidden_gradients = hidden_gradients * activate(layer_1, deriv=True)
            update_1 += output_gradient.dot(layer_1.T)
            update_h += hidden_gradient.dot(prev_layer_1.T)
            update_0 += hidden_gradients.dot(x.T)
            future = hidden_gradients
        self.synapse_0 += alpha * update_0
        self.synapse_1 += alpha * update_1
        self.synapse_h += alpha * update_h
        return d, overall_error
