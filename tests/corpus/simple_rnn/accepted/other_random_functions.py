# The seeded weights come from other functions that draw the same stream: mtrand's _rand, normal(0, 0.01) and a scalar loop.
import numpy as np

rand = np.random.mtrand._rand


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = rand.normal(0.0, 0.01, size=(hidden_size, input_size))
        self.W_hh = np.random.standard_normal(hidden_size ** 2).reshape(hidden_size, hidden_size) / 100
        self.W_hy = np.empty((output_size, hidden_size))
        for index in np.ndindex(*self.W_hy.shape):
            self.W_hy[index] = np.random.randn() * 0.01
        self.b_h = np.full((hidden_size, 1), 0.0)
        self.b_y = np.full((output_size, 1), 0.0)

    def forward(self, x):
        self.h = [np.zeros(len(self.W_hh))]
        for u in x:
            self.h.append(np.tanh(self.W_xh @ u + self.W_hh @ self.h[-1] + self.b_h.flat))
        self.h = np.stack(self.h)
        self.y = self.h[1:] @ self.W_hy.T + self.b_y.T
        return self.y.reshape(*self.y.shape, 1)

    def backward(self, x, y, learning_rate):
        e = self.y - y
        d = np.zeros((len(x), len(self.W_hh)))
        back = 0
        for t in np.flip(np.arange(len(x))):
            d[t] = (e[t] @ self.W_hy + back) * (1 - self.h[t + 1] ** 2)
            back = d[t] @ self.W_hh
        for W, left, right in ((self.W_xh, d, x), (self.W_hh, d, self.h[:-1]), (self.W_hy, e, self.h[1:])):
            W -= learning_rate * np.matmul(left.T, right)
        for b, left in ((self.b_h, d), (self.b_y, e)):
            b -= learning_rate * left.sum(0)[:, None]
