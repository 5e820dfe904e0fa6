# wrong: the constructor is spelled __int__ instead of __init__.
import numpy as np


class SimpleRNN:
    def __int__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((self.hidden_size, 1))
        self.h_cache = {-1: h}
        self.x_cache = {}
        self.y_cache = {}
        outputs = []
        for t in range(len(x)):
            self.x_cache[t] = x[t][:, None]
            h = np.tanh(self.W_xh @ self.x_cache[t] + self.W_hh @ h + self.b_h)
            self.h_cache[t] = h
            self.y_cache[t] = self.W_hy @ h + self.b_y
            outputs.append(self.y_cache[t])
        return np.array(outputs)

    def backward(self, x, y, learning_rate):
        dW_xh = np.zeros_like(self.W_xh)
        dW_hh = np.zeros_like(self.W_hh)
        dW_hy = np.zeros_like(self.W_hy)
        db_h = np.zeros_like(self.b_h)
        db_y = np.zeros_like(self.b_y)
        dh_next = np.zeros((self.hidden_size, 1))

        for t in range(len(x) - 1, -1, -1):
            dy = self.y_cache[t] - y[t][:, None]
            dW_hy += dy @ self.h_cache[t].T
            db_y += dy
            # from the output and from the next step
            dh = self.W_hy.T @ dy + dh_next
            dz = (1 - self.h_cache[t] ** 2) * dh
            dW_xh += dz @ self.x_cache[t].T
            dW_hh += dz @ self.h_cache[t - 1].T
            db_h += dz
            dh_next = self.W_hh.T @ dz

        # W <- W - eta * dL/dW
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
