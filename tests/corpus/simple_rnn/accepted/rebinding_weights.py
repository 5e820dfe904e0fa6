# The update rebinds every weight to a new array, and forward keeps only a reference to x.
import numpy as np

class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        self.W_xh = np.random.randn(hidden_size, input_size)*0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size)*0.01
        self.W_hy = np.random.randn(output_size, hidden_size)*0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((self.hidden_size, 1))
        self.last_inputs = x
        self.last_hs = {0: h}
        self.last_outputs = []
        for i in range(len(x)):
            h = np.tanh(np.dot(self.W_xh, x[i].reshape(-1, 1)) + np.dot(self.W_hh, h) + self.b_h)
            y = np.dot(self.W_hy, h) + self.b_y
            self.last_outputs.append(y)
            self.last_hs[i+1] = h
        return np.array(self.last_outputs)

    def backward(self, x, y, learning_rate):
        n = len(self.last_inputs)
        d_W_xh, d_W_hh, d_W_hy, d_b_h, d_b_y = 0, 0, 0, 0, 0
        d_h = 0
        for t in reversed(range(n)):
            d_y = self.last_outputs[t] - y[t].reshape(-1, 1)
            d_W_hy = d_W_hy + d_y.dot(self.last_hs[t+1].T)
            d_b_y = d_b_y + d_y
            temp = (1 - self.last_hs[t+1]**2) * (self.W_hy.T.dot(d_y) + d_h)
            d_b_h = d_b_h + temp
            d_W_hh = d_W_hh + temp.dot(self.last_hs[t].T)
            d_W_xh = d_W_xh + temp.dot(self.last_inputs[t].reshape(1, -1))
            d_h = self.W_hh.T.dot(temp)
        self.W_xh = self.W_xh - learning_rate * d_W_xh
        self.W_hh = self.W_hh - learning_rate * d_W_hh
        self.W_hy = self.W_hy - learning_rate * d_W_hy
        self.b_h = self.b_h - learning_rate * d_b_h
        self.b_y = self.b_y - learning_rate * d_b_y
