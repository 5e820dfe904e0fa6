# History is kept by growing arrays with vstack and insert, and T is never mentioned.
import numpy as np
class SimpleRNN():
    def __init__(self, input_size, hidden_size, output_size):
        np.seterr(all='ignore')
        self.W_xh = np.multiply(np.random.randn(hidden_size, input_size), 0.01)
        self.W_hh = np.multiply(np.random.randn(hidden_size, hidden_size), 0.01)
        self.W_hy = np.multiply(np.random.randn(output_size, hidden_size), 0.01)
        self.b_h = np.zeros(hidden_size).reshape(hidden_size, 1)
        self.b_y = np.zeros(output_size).reshape(output_size, 1)
    def forward(self, x):
        self.states = np.zeros((1, self.W_hh.shape[0]))
        self.preds = np.empty((0, self.W_hy.shape[0]))
        for xt in x:
            last = self.states[-1]
            new = np.tanh((self.W_xh * xt).sum(axis=1) + (self.W_hh * last).sum(axis=1) + self.b_h[:, 0])
            self.states = np.vstack((self.states, new))
            self.preds = np.append(self.preds, [(self.W_hy * new).sum(axis=1) + self.b_y[:, 0]], axis=0)
        return np.atleast_3d(self.preds)
    def backward(self, x, y, learning_rate):
        diff = self.preds - y
        acc = np.zeros((1, self.W_hh.shape[0]))
        for err, h in zip(diff[::-1], self.states[:0:-1]):
            delta = ((self.W_hy * err[:, None]).sum(axis=0) + (self.W_hh * acc[0][:, None]).sum(axis=0)) * (1 - h**2)
            acc = np.insert(acc, 0, delta, axis=0)
        acc = acc[:-1]
        self.W_xh = self.W_xh - learning_rate * np.sum(acc[:, :, None] * x[:, None, :], axis=0)
        self.W_hh = self.W_hh - learning_rate * np.sum(acc[:, :, None] * self.states[:-1, None, :], axis=0)
        self.W_hy = self.W_hy - learning_rate * np.sum(diff[:, :, None] * self.states[1:, None, :], axis=0)
        self.b_h = self.b_h - learning_rate * np.sum(acc, axis=0)[:, None]
        self.b_y = self.b_y - learning_rate * np.sum(diff, axis=0)[:, None]
