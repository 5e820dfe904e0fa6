# wrong: layer_1_gradient is used where the name is layer_1_gradients (seen: llSourcell/neural_networks#5).
import numpy as np


class SimpleRNN:
    def __init__(self, input_dim, hidden_dim, output_dim):
        self.W_xh = np.random.randn(hidden_dim, input_dim) * 0.01
        self.W_hh = np.random.randn(hidden_dim, hidden_dim) * 0.01
        self.W_hy = np.random.randn(output_dim, hidden_dim) * 0.01
        self.b_h = np.zeros((hidden_dim, 1))
        self.b_y = np.zeros((output_dim, 1))

    def forward(self, x):
        self.layer_1_values = [np.zeros(self.W_hh.shape[0])]
        self.layer_2_values = []
        for X in x:
            layer_1 = np.tanh(self.W_xh @ X + self.W_hh @ self.layer_1_values[-1] + self.b_h[:, 0])
            self.layer_1_values.append(layer_1)
            self.layer_2_values.append(self.W_hy @ layer_1 + self.b_y[:, 0])
        return np.array(self.layer_2_values)[:, :, None]

    def backward(self, x, y, learning_rate):
        W_x_update = np.zeros_like(self.W_xh)
        W_h_update = np.zeros_like(self.W_hh)
        W_y_update = np.zeros_like(self.W_hy)
        b_h_update = np.zeros_like(self.b_h)
        b_y_update = np.zeros_like(self.b_y)
        future_gradients = np.zeros(self.W_hh.shape[0])
        for position in range(len(x)):
            layer_1 = self.layer_1_values[-position - 1]
            prev_layer_1 = self.layer_1_values[-position - 2]
            error = self.layer_2_values[-position - 1] - y[-position - 1]
            layer_1_gradients = (future_gradients + error @ self.W_hy) * (1 - layer_1 ** 2)
            W_y_update += np.outer(error, layer_1)
            W_h_update += np.outer(layer_1_gradient, prev_layer_1)
            W_x_update += np.outer(layer_1_gradients, x[-position - 1])
            b_h_update += layer_1_gradients[:, None]
            b_y_update += error[:, None]
            future_gradients = layer_1_gradients @ self.W_hh
        self.W_xh -= learning_rate * W_x_update
        self.W_hh -= learning_rate * W_h_update
        self.W_hy -= learning_rate * W_y_update
        self.b_h -= learning_rate * b_h_update
        self.b_y -= learning_rate * b_y_update
