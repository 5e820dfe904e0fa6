# wrong: W_hh gets the states after the steps, in place of those before them.
# loses: backward
import numpy as np
class Base:
    def __init__(self, *sizes):
        self.sizes = sizes
    def forward(self, x):
        raise NotImplementedError
class SimpleRNN(Base):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__(input_size, hidden_size, output_size)
        I, H, O = self.sizes
        self.W_xh, self.W_hh, self.W_hy = (np.random.randn(*s) * 0.01 for s in ((H, I), (H, H), (O, H)))
        self.b_h, self.b_y = np.zeros((H, 1)), np.zeros((O, 1))
    def forward(self, x):
        self.a = np.zeros((len(x) + 1, self.sizes[1], 1))
        for t, row in enumerate(x):
            self.a[t + 1] = np.tanh(self.W_xh @ row[:, None] + self.W_hh @ self.a[t] + self.b_h)
        self.o = self.W_hy @ self.a[1:] + self.b_y
        return self.o
    def backward(self, x, y, learning_rate):
        e = self.o - y[:, :, None]
        d = np.zeros_like(self.a)
        for t in range(len(x), 0, -1):
            d[t] = (self.W_hy.T @ e[t - 1] + (self.W_hh.T @ d[t + 1] if t < len(x) else 0)) * (1 - self.a[t] ** 2)
        d = d[1:]
        self.W_hy -= learning_rate * (e * self.a[1:, :, 0][:, None, :]).sum(0)
        self.b_y -= learning_rate * e.sum(0)
        self.W_xh -= learning_rate * (d * x[:, None, :]).sum(0)
        self.W_hh -= learning_rate * (d * self.a[1:, :, 0][:, None, :]).sum(0)
        self.b_h -= learning_rate * d.sum(0)
