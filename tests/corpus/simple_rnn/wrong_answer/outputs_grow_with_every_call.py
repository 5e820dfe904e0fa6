# wrong: lists made in the constructor grow with every call.
# loses: training, conduct
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.outputs = []

    def forward(self, x):
        self.hidden = [np.zeros_like(self.b_h)]
        for t in range(x.shape[0]):
            x_t = x[t, :, np.newaxis]
            h_t = np.tanh(self.W_xh @ x_t + self.W_hh @ self.hidden[-1] + self.b_h)
            self.hidden.append(h_t)
            self.outputs.append(self.W_hy @ h_t + self.b_y)
        return np.array(self.outputs)

    def backward(self, x, y, learning_rate):
        grads = self.compute_gradients(x, y)
        self.apply(grads, learning_rate)

    def compute_gradients(self, x, y):
        g = {"W_xh": 0, "W_hh": 0, "W_hy": 0, "b_h": 0, "b_y": 0}
        dh = np.zeros_like(self.b_h)
        for t in range(x.shape[0] - 1, -1, -1):
            error = self.outputs[t] - y[t, :, np.newaxis]
            dh = dh + self.W_hy.T @ error
            da = dh * (1 - self.hidden[t + 1] ** 2)
            g["W_xh"] = g["W_xh"] + da @ x[t, np.newaxis, :]
            g["W_hh"] = g["W_hh"] + da @ self.hidden[t].T
            g["W_hy"] = g["W_hy"] + error @ self.hidden[t + 1].T
            g["b_h"] = g["b_h"] + da
            g["b_y"] = g["b_y"] + error
            dh = self.W_hh.T @ da
        return g

    def apply(self, grads, learning_rate):
        for name, grad in grads.items():
            weight = getattr(self, name)
            weight -= learning_rate * grad
