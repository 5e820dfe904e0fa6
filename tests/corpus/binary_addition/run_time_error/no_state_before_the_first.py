# wrong: layer_1_values starts empty, no previous layer for step one.
# loses: forward
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_output_to_derivative(output):
    return output * (1 - output)


def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0 or n >= 2 ** binary_dim:
        raise ValueError("number does not fit")
    return np.array([(n >> i) & 1 for i in reversed(range(binary_dim))], dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.hidden_dim = hidden_dim
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def _run(self, a, b):
        D = len(a)
        layer_1_values = []
        layer_2_values = []
        for position in range(D):
            X = np.array([[a[D - position - 1]], [b[D - position - 1]]], dtype=float)
            layer_1 = sigmoid(self.synapse_0.dot(X) + self.synapse_h.dot(layer_1_values[-1]))
            layer_2 = sigmoid(self.synapse_1.dot(layer_1))
            layer_1_values.append(layer_1)
            layer_2_values.append(layer_2)
        return layer_1_values, layer_2_values

    def forward(self, a, b):
        layer_2_values = self._run(a, b)[1]
        return np.array([v[0, 0] for v in reversed(layer_2_values)])

    def train_step(self, a, b, c, alpha=0.1):
        D = len(a)
        layer_1_values, layer_2_values = self._run(a, b)
        d = np.zeros_like(c)
        overall_error = 0
        layer_2_deltas = []
        for position in range(D):
            layer_2 = layer_2_values[position]
            layer_2_error = layer_2 - float(c[D - position - 1])
            layer_2_deltas.append(layer_2_error * sigmoid_output_to_derivative(layer_2))
            overall_error += np.abs(layer_2_error[0, 0])
            d[D - position - 1] = np.round(layer_2[0, 0])

        synapse_0_update = np.zeros_like(self.synapse_0)
        synapse_1_update = np.zeros_like(self.synapse_1)
        synapse_h_update = np.zeros_like(self.synapse_h)
        future_layer_1_delta = np.zeros((self.hidden_dim, 1))
        for position in range(D):
            X = np.array([[a[position], b[position]]], dtype=float)
            layer_1 = layer_1_values[-position - 1]
            prev_layer_1 = layer_1_values[-position - 2]
            layer_2_delta = layer_2_deltas[-position - 1]
            layer_1_delta = (self.synapse_h.T.dot(future_layer_1_delta)
                             + self.synapse_1.T.dot(layer_2_delta)) * sigmoid_output_to_derivative(layer_1)
            synapse_1_update += layer_2_delta.dot(layer_1.T)
            synapse_h_update += layer_1_delta.dot(prev_layer_1.T)
            synapse_0_update += layer_1_delta.dot(X)
            future_layer_1_delta = layer_1_delta

        self.synapse_0 -= alpha * synapse_0_update
        self.synapse_1 -= alpha * synapse_1_update
        self.synapse_h -= alpha * synapse_h_update
        return d, overall_error
