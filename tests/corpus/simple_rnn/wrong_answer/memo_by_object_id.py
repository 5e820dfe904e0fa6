# wrong: the run of an x is remembered under id(x) and reused for the same object after the weights have changed.
# loses: conduct
import numpy as np


class SimpleRNN:
    def __init__(self, n_input, n_hidden, n_output):
        np_randn = np.random.randn
        self.W_xh = np_randn(n_hidden, n_input) * 0.01
        self.W_hh = np_randn(n_hidden, n_hidden) * 0.01
        self.W_hy = np_randn(n_output, n_hidden) * 0.01
        self.b_h = np.zeros((n_hidden, 1))
        self.b_y = np.zeros((n_output, 1))
        self._runs = {}

    def _run(self, x):
        # forward and backward need the same numbers, so compute them once per x
        if id(x) not in self._runs:
            h = np.zeros((len(self.b_h), 1))
            steps = []
            for t in range(len(x)):
                before, h = h, np.tanh(self.W_xh @ x[t][:, None] + self.W_hh @ h + self.b_h)
                steps.append((before, h, self.W_hy @ h + self.b_y))
            self._runs[id(x)] = (x, steps)  # keeps x alive, so that its id stays its own
        return self._runs[id(x)][1]

    def forward(self, x):
        return np.array([out for _, _, out in self._run(x)])

    def backward(self, x, y, learning_rate):
        gx, gh, gy, gb, gc = (np.zeros_like(p) for p in (self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y))
        flow = 0.0
        for t, (before, h, out) in reversed(list(enumerate(self._run(x)))):
            e = out - y[t][:, None]
            d = (self.W_hy.T @ e + flow) * (1 - h * h)
            gx += d * x[t]
            gh += d * before.T
            gy += e * h.T
            gb += d
            gc += e
            flow = self.W_hh.T @ d
        self.W_xh -= learning_rate * gx
        self.W_hh -= learning_rate * gh
        self.W_hy -= learning_rate * gy
        self.b_h -= learning_rate * gb
        self.b_y -= learning_rate * gc
