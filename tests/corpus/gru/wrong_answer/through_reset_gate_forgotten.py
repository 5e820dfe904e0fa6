# wrong: the reset gate hands nothing back to the state before.
# loses: backward
import numpy as np

NAMES = "W_xh", "W_hh", "W_hy", "b_h", "b_y"


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


class GRU:
    def __init__(self, n_x, n_h, n_y):
        self.W_xh = np.random.standard_normal((3, n_h, n_x)) * 0.01
        self.W_hh = np.random.standard_normal((3, n_h, n_h)) * 0.01
        self.W_hy = np.random.standard_normal((n_y, n_h)) * 0.01
        self.b_h = np.full((3, n_h, 1), 0.0)
        self.b_y = np.full((n_y, 1), 0.0)

    def affine(self, gate, x_t, state):
        def pull(d, grads):
            grads["W_xh"][gate] += d @ x_t.T
            grads["W_hh"][gate] += d @ state.T
            grads["b_h"][gate] += d
            return W.T @ d

        W = self.W_hh[gate]
        return self.W_xh[gate] @ x_t + W @ state + self.b_h[gate], pull

    def step(self, x_t, h):
        a_r, pull_r = self.affine(0, x_t, h)
        a_z, pull_z = self.affine(1, x_t, h)
        r, z = sigmoid(a_r), sigmoid(a_z)
        a_n, pull_n = self.affine(2, x_t, r * h)
        n = np.tanh(a_n)

        def pull(d, grads):
            d_rh = pull_n(d * (1 - z) * (1 - n * n), grads)
            by_reset = pull_r(d_rh * h * r * (1 - r), grads)
            by_update = pull_z(d * (h - n) * z * (1 - z), grads)
            return d * z + d_rh * r + by_update

        return (1 - z) * n + z * h, pull

    def forward(self, x):
        h = np.zeros_like(self.b_h[0])
        self.pulls, self.states, self.results = [], [], []
        for x_t in x.copy()[:, :, np.newaxis]:
            h, pull = self.step(x_t, h)
            self.pulls.append(pull)
            self.states.append(h)
            self.results.append(self.W_hy @ h + self.b_y)
        return np.stack(self.results)

    def backward(self, x, y, learning_rate):
        grads = {name: np.zeros(getattr(self, name).shape) for name in NAMES}
        d = np.zeros_like(self.b_h[0])
        runs = list(zip(self.pulls, self.states, self.results, y[:, :, np.newaxis]))
        while runs:
            pull, h, result, target = runs.pop()
            error = result - target
            grads["W_hy"] += error @ h.T
            grads["b_y"] += error
            d = pull(d + self.W_hy.T @ error, grads)
        for name in NAMES:
            getattr(self, name)[...] -= learning_rate * grads[name]
