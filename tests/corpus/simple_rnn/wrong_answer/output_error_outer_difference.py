# wrong: a column minus a row gives a matrix of all differences, whose mean over targets is used.
# loses: backward
import numpy as np


class SimpleRNN:
    def __init__(self, input_dim, hidden_dim, output_dim):
        self.input_dim, self.hidden_dim, self.output_dim = input_dim, hidden_dim, output_dim
        self.W_xh = np.random.randn(hidden_dim, input_dim) * 0.01
        self.W_hh = np.random.randn(hidden_dim, hidden_dim) * 0.01
        self.W_hy = np.random.randn(output_dim, hidden_dim) * 0.01
        self.b_h = np.zeros((hidden_dim, 1))
        self.b_y = np.zeros((output_dim, 1))

    def forward(self, x):
        # row vectors inside, like in the numpy addition example
        self.layer_1_values = [np.zeros((1, self.hidden_dim))]
        self.layer_2_values = []
        for position in range(len(x)):
            X = np.array([x[position]])
            layer_1 = np.tanh(X.dot(self.W_xh.T) + self.layer_1_values[-1].dot(self.W_hh.T) + self.b_h.T)
            layer_2 = layer_1.dot(self.W_hy.T) + self.b_y.T
            self.layer_1_values.append(layer_1)
            self.layer_2_values.append(layer_2)
        return np.array([layer_2.T for layer_2 in self.layer_2_values])

    def backward(self, x, y, learning_rate):
        n = len(x)
        # (O, 1) - (O,), then back to a row
        layer_2_deltas = [(self.layer_2_values[p].T - y[p]).mean(axis=1, keepdims=True).T for p in range(n)]
        W_xh_update = np.zeros_like(self.W_xh)
        W_hh_update = np.zeros_like(self.W_hh)
        W_hy_update = np.zeros_like(self.W_hy)
        b_h_update = np.zeros_like(self.b_h)
        b_y_update = np.zeros_like(self.b_y)
        future_layer_1_delta = np.zeros((1, self.hidden_dim))
        for position in range(n):
            X = np.array([x[-position - 1]])
            layer_1 = self.layer_1_values[-position - 1]
            prev_layer_1 = self.layer_1_values[-position - 2]
            # error at output layer
            layer_2_delta = layer_2_deltas[-position - 1]
            # error at hidden layer
            layer_1_delta = (future_layer_1_delta.dot(self.W_hh) + layer_2_delta.dot(self.W_hy)) * (1 - layer_1 ** 2)
            # let's update all our weights so we can try again
            W_hy_update += layer_2_delta.T.dot(layer_1)
            W_hh_update += layer_1_delta.T.dot(prev_layer_1)
            W_xh_update += layer_1_delta.T.dot(X)
            b_h_update += layer_1_delta.T
            b_y_update += layer_2_delta.T
            future_layer_1_delta = layer_1_delta
        self.W_xh -= W_xh_update * learning_rate
        self.W_hh -= W_hh_update * learning_rate
        self.W_hy -= W_hy_update * learning_rate
        self.b_h -= b_h_update * learning_rate
        self.b_y -= b_y_update * learning_rate
