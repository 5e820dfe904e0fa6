# wrong: the output weights are updated inside the loop, so earlier steps are sent back through weights that have changed.
# loses: backward
import numpy as np


class SimpleRNN:
    """Elman network, trained on one sequence at a time."""

    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        # weights
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        # biases
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((self.hidden_size, 1))
        self.xs = []
        self.hs = [h]
        self.ys = []
        for t in range(len(x)):
            x_t = x[t].reshape(-1, 1)
            h = np.tanh(np.dot(self.W_xh, x_t) + np.dot(self.W_hh, h) + self.b_h)
            y_t = np.dot(self.W_hy, h) + self.b_y
            self.xs.append(x_t)
            self.hs.append(h)
            self.ys.append(y_t)
        return np.array(self.ys)

    def backward(self, x, y, lr):
        gxh = np.zeros_like(self.W_xh)
        ghh = np.zeros_like(self.W_hh)
        gbh = np.zeros_like(self.b_h)
        gby = np.zeros_like(self.b_y)
        dnext = np.zeros((self.hidden_size, 1))

        for t in reversed(range(len(x))):
            err = self.ys[t] - y[t].reshape(-1, 1)
            self.W_hy -= lr * np.dot(err, self.hs[t + 1].T)
            gby += err

            dh = np.dot(self.W_hy.T, err) + dnext
            dpre = (1 - self.hs[t + 1] ** 2) * dh
            gxh += np.dot(dpre, self.xs[t].T)
            ghh += np.dot(dpre, self.hs[t].T)
            gbh += dpre
            dnext = np.dot(self.W_hh.T, dpre)

        self.W_xh -= lr * gxh
        self.W_hh -= lr * ghh
        self.b_h -= lr * gbh
        self.b_y -= lr * gby
