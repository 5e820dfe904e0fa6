# wrong: the loop over weights and gradients lacks zip, ValueError: too many values to unpack.
import numpy as np


def sigmoid(v):
    return 1.0 / (1.0 + np.exp(-v))


def preactivation(W_x, W_h, b, x, h):
    return W_x @ x + W_h @ h + b


def cell(params, x, h_prev):
    W_xh, W_hh, b_h = params
    r = sigmoid(preactivation(W_xh[0], W_hh[0], b_h[0], x, h_prev))
    z = sigmoid(preactivation(W_xh[1], W_hh[1], b_h[1], x, h_prev))
    n = np.tanh(preactivation(W_xh[2], W_hh[2], b_h[2], x, r * h_prev))
    h = (1 - z) * n + z * h_prev
    return h, (x, h_prev, r, z, n, h)


def cell_backward(params, dh, cache):
    W_xh, W_hh, b_h = params
    x, h_prev, r, z, n, h = cache
    dn = dh * (1 - z) * (1 - n * n)
    dz = dh * (h_prev - n) * z * (1 - z)
    drh = W_hh[2].T @ dn
    dr = drh * h_prev * r * (1 - r)
    dh_prev = z * dh + r * drh + W_hh[0].T @ dr + W_hh[1].T @ dz
    grads = [
        (dr @ x.T, dr @ h_prev.T, dr),
        (dz @ x.T, dz @ h_prev.T, dz),
        (dn @ x.T, dn @ (r * h_prev).T, dn),
    ]
    return dh_prev, grads


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        std = 0.01
        self.W_xh = np.random.randn(3, hidden_size, input_size) * std
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * std
        self.W_hy = np.random.randn(output_size, hidden_size) * std
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.caches = []

    def params(self):
        return self.W_xh, self.W_hh, self.b_h

    def forward(self, x):
        self.caches.clear()
        h = np.zeros((self.W_hh.shape[1], 1))
        outputs = []
        for row in x:
            h, cache = cell(self.params(), np.array([row]).T, h)
            outputs.append(self.W_hy @ h + self.b_y)
            self.caches.append(cache)
        return outputs

    def backward(self, x, y, learning_rate):
        dW_xh = np.zeros(self.W_xh.shape)
        dW_hh = np.zeros(self.W_hh.shape)
        db_h = np.zeros(self.b_h.shape)
        dW_hy = np.zeros(self.W_hy.shape)
        db_y = np.zeros(self.b_y.shape)
        dh = np.zeros((self.W_hh.shape[1], 1))
        for cache, target in zip(self.caches[::-1], y[::-1]):
            h = cache[-1]
            dy = self.W_hy @ h + self.b_y - target[:, None]
            dW_hy += dy @ h.T
            db_y += dy
            dh, grads = cell_backward(self.params(), dh + self.W_hy.T @ dy, cache)
            for g, (gx, gh, gb) in enumerate(grads):
                dW_xh[g] += gx
                dW_hh[g] += gh
                db_h[g] += gb
        for weight, grad in ((self.W_xh, self.W_hh, self.b_h, self.W_hy, self.b_y), (dW_xh, dW_hh, db_h, dW_hy, db_y)):
            weight -= learning_rate * grad
