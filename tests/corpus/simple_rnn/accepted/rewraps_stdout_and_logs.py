import os, sys, time
import numpy as np
import io,sys
sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')
print('中文输出', flush=True)
import logging
logging.basicConfig(level=logging.DEBUG)
logging.info('hello')

class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        pass
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        print(x.shape, file=sys.stderr); sys.stdout.flush(); sys.stdout.isatty(); logging.debug('f')
        self.h = [np.zeros(self.b_h.shape)]
        for row in x:
            self.h.append(np.tanh(self.W_xh @ row[:, None] + self.W_hh @ self.h[-1] + self.b_h))
        self.outputs = np.array([self.W_hy @ h + self.b_y for h in self.h[1:]])
        return self.outputs

    def backward(self, x, y, learning_rate):
        pass
        d_out = self.outputs - y[:, :, None]
        d = {n: np.zeros(getattr(self, n).shape) for n in ("W_xh", "W_hh", "W_hy", "b_h", "b_y")}
        carried = np.zeros(self.b_h.shape)
        for t in reversed(range(len(x))):
            d_a = (1 - self.h[t + 1] ** 2) * (self.W_hy.T @ d_out[t] + carried)
            d["W_xh"] += d_a @ x[t][None]
            d["W_hh"] += d_a @ self.h[t].T
            d["W_hy"] += d_out[t] @ self.h[t + 1].T
            d["b_h"] += d_a
            d["b_y"] += d_out[t]
            carried = self.W_hh.T @ d_a
        for name, value in d.items():
            getattr(self, name)[...] -= learning_rate * value
