# wrong: alpha falls to nine tenths after every fourth step.
# loses: trajectory
# needs: S>3, since the first three steps are right
import copy

import numpy as np


def sigmoid(x):
    output = 1 / (1 + np.exp(-x))
    return output


def sigmoid_output_to_derivative(output):
    return output * (1 - output)


def int2binary(n, binary_dim=8):
    if n < 0 or n >= 2 ** binary_dim:
        raise ValueError("%d does not fit into %d bits" % (n, binary_dim))
    result = np.zeros(binary_dim, dtype=np.uint8)
    for position in range(binary_dim):
        result[binary_dim - position - 1] = n % 2
        n = n // 2
    return result


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.hidden_dim = hidden_dim
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def forward(self, a, b):
        binary_dim = len(a)
        result = np.zeros(binary_dim)
        layer_1 = np.zeros((1, self.hidden_dim))
        for position in range(binary_dim):
            X = np.array([[a[binary_dim - position - 1], b[binary_dim - position - 1]]])
            layer_1 = sigmoid(np.dot(X, self.synapse_0.T) + np.dot(layer_1, self.synapse_h.T))
            layer_2 = sigmoid(np.dot(layer_1, self.synapse_1.T))
            result[binary_dim - position - 1] = layer_2[0][0]
        return result

    def train_step(self, a, b, c, alpha=0.1):
        binary_dim = len(a)
        synapse_0_update = np.zeros_like(self.synapse_0)
        synapse_1_update = np.zeros_like(self.synapse_1)
        synapse_h_update = np.zeros_like(self.synapse_h)
        d = np.zeros_like(c)
        overallError = 0
        layer_2_deltas = list()
        layer_1_values = list()
        layer_1_values.append(np.zeros((1, self.hidden_dim)))

        for position in range(binary_dim):
            X = np.array([[a[binary_dim - position - 1], b[binary_dim - position - 1]]])
            y = np.array([[c[binary_dim - position - 1]]]).T
            layer_1 = sigmoid(np.dot(X, self.synapse_0.T) + np.dot(layer_1_values[-1], self.synapse_h.T))
            layer_2 = sigmoid(np.dot(layer_1, self.synapse_1.T))
            layer_2_error = y - layer_2
            layer_2_deltas.append(layer_2_error * sigmoid_output_to_derivative(layer_2))
            overallError += np.abs(layer_2_error[0])
            d[binary_dim - position - 1] = np.round(layer_2[0][0])
            layer_1_values.append(copy.deepcopy(layer_1))

        future_layer_1_delta = np.zeros((1, self.hidden_dim))
        for position in range(binary_dim):
            X = np.array([[a[position], b[position]]])
            layer_1 = layer_1_values[-position - 1]
            prev_layer_1 = layer_1_values[-position - 2]
            layer_2_delta = layer_2_deltas[-position - 1]
            layer_1_delta = (
                future_layer_1_delta.dot(self.synapse_h) + layer_2_delta.dot(self.synapse_1)
            ) * sigmoid_output_to_derivative(layer_1)
            synapse_1_update += layer_2_delta.T.dot(np.atleast_2d(layer_1))
            synapse_h_update += layer_1_delta.T.dot(np.atleast_2d(prev_layer_1))
            synapse_0_update += layer_1_delta.T.dot(X)
            future_layer_1_delta = layer_1_delta

        self.steps = getattr(self, "steps", 0) + 1
        alpha *= 0.9 ** (self.steps // 4)
        self.synapse_0 += synapse_0_update * alpha
        self.synapse_1 += synapse_1_update * alpha
        self.synapse_h += synapse_h_update * alpha
        return d, overallError
