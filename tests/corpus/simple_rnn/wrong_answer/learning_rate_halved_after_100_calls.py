# wrong: the learning rate is halved after every 100 calls of backward.
# loses: training
# needs: S>100: the first hundred updates are right
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.I, self.H, self.O = input_size, hidden_size, output_size
        self.n = 0
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((self.H, 1))
        self.hs = [h]
        outputs = []
        for t in range(len(x)):
            a = self.W_xh @ x[t].reshape(-1, 1) + self.W_hh @ h + self.b_h
            h = np.tanh(a)
            self.hs.append(h)
            outputs.append(self.W_hy @ h + self.b_y)
        self.outputs = np.array(outputs)
        return self.outputs.copy()

    def backward(self, x, y, learning_rate):
        learning_rate *= 0.5 ** (self.n // 100)
        self.n += 1
        T = len(x)
        gxh, ghh, ghy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        gbh, gby = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        carried = np.zeros((self.H, 1))
        for t in reversed(range(T)):
            dy = self.outputs[t] - y[t].reshape(-1, 1)
            ghy += dy @ self.hs[t + 1].T
            gby += dy
            dh = self.W_hy.T @ dy + carried
            da = dh * (1 - self.hs[t + 1] ** 2)
            gxh += da @ x[t].reshape(1, -1)
            ghh += da @ self.hs[t].T
            gbh += da
            carried = self.W_hh.T @ da
        self.W_xh -= learning_rate * gxh
        self.W_hh -= learning_rate * ghh
        self.W_hy -= learning_rate * ghy
        self.b_h -= learning_rate * gbh
        self.b_y -= learning_rate * gby
