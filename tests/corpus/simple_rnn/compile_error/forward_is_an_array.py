# CE: __init__ stores an array under the name forward, so it cannot be called.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        self.forward = np.zeros((hidden_size, 1))
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((self.hidden_size, 1))
        self.inputs = x
        self.hs = [h]
        self.outputs = []
        for t in range(len(x)):
            h = np.tanh(self.W_xh @ x[t].reshape(-1, 1) + self.W_hh @ h + self.b_h)
            self.hs.append(h)
            self.outputs.append(self.W_hy @ h + self.b_y)
        return np.array(self.outputs)

    def backward(self, x, y, learning_rate):
        dW_xh = np.zeros_like(self.W_xh)
        dW_hh = np.zeros_like(self.W_hh)
        dW_hy = np.zeros_like(self.W_hy)
        db_h = np.zeros_like(self.b_h)
        db_y = np.zeros_like(self.b_y)
        dh_next = np.zeros_like(self.hs[0])
        for t in reversed(range(len(self.inputs))):
            dy = self.outputs[t] - y[t].reshape(-1, 1)
            dW_hy += dy @ self.hs[t + 1].T
            db_y += dy
            dh = self.W_hy.T @ dy + dh_next
            da = (1 - self.hs[t + 1] ** 2) * dh
            dW_xh += da @ x[t].reshape(1, -1)
            dW_hh += da @ self.hs[t].T
            db_h += da
            dh_next = self.W_hh.T @ da
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
