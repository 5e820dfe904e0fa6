# The weights and all vectors are numpy.matrix, so * is the matrix product.
from numpy import array, asmatrix, multiply, tanh, zeros
from numpy.random import randn


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = asmatrix(randn(hidden_size, input_size) * 0.01)
        self.W_hh = asmatrix(randn(hidden_size, hidden_size) * 0.01)
        self.W_hy = asmatrix(randn(output_size, hidden_size) * 0.01)
        self.b_h = asmatrix(zeros((hidden_size, 1)))
        self.b_y = asmatrix(zeros((output_size, 1)))

    def forward(self, x):
        x = asmatrix(x)
        self.h = [self.b_h * 0]
        self.y = []
        for t in range(x.shape[0]):
            self.h.append(tanh(self.W_xh * x[t].T + self.W_hh * self.h[t] + self.b_h))
            self.y.append(self.W_hy * self.h[t + 1] + self.b_y)
        return array(self.y)

    def backward(self, x, y, learning_rate):
        x, y = asmatrix(x), asmatrix(y)
        gxh, ghh, ghy = 0 * self.W_xh, 0 * self.W_hh, 0 * self.W_hy
        gbh, gby = 0 * self.b_h, 0 * self.b_y
        later = 0 * self.b_h
        for t in range(x.shape[0] - 1, -1, -1):
            e = self.y[t] - y[t].T
            ghy += e * self.h[t + 1].T
            gby += e
            d = multiply(self.W_hy.T * e + later, 1 - multiply(self.h[t + 1], self.h[t + 1]))
            gxh += d * x[t]
            ghh += d * self.h[t].T
            gbh += d
            later = self.W_hh.T * d
        self.W_xh = self.W_xh - learning_rate * gxh
        self.W_hh = self.W_hh - learning_rate * ghh
        self.W_hy = self.W_hy - learning_rate * ghy
        self.b_h = self.b_h - learning_rate * gbh
        self.b_y = self.b_y - learning_rate * gby
