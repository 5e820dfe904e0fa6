# wrong: backward keeps the targets of its first call and uses them for ever.
# loses: training, conduct
import numpy as np


def rnn_cell_forward(xt, a_prev, params):
    Wax, Waa, Wya, ba, by = params
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    yt = np.dot(Wya, a_next) + by
    return a_next, yt, (a_next, a_prev, xt, yt)


def rnn_cell_backward(da_next, cache, params):
    a_next, a_prev, xt, _ = cache
    Wax, Waa = params[0], params[1]
    dtanh = (1 - a_next ** 2) * da_next
    grads = {}
    grads["dWax"] = np.dot(dtanh, xt.T)
    grads["dWaa"] = np.dot(dtanh, a_prev.T)
    grads["dba"] = np.sum(dtanh, axis=1, keepdims=True)
    grads["da_prev"] = np.dot(Waa.T, dtanh)
    return grads


class SimpleRNN:
    def __init__(self, n_x, n_a, n_y):
        self.W_xh = np.random.randn(n_a, n_x) * 0.01
        self.W_hh = np.random.randn(n_a, n_a) * 0.01
        self.W_hy = np.random.randn(n_y, n_a) * 0.01
        self.b_h = np.zeros((n_a, 1))
        self.b_y = np.zeros((n_y, 1))

    targets = None

    def _params(self):
        return self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y

    def forward(self, x):
        params = self._params()
        a = np.zeros((self.W_hh.shape[0], 1))
        self.caches = []
        y_pred = []
        for t in range(x.shape[0]):
            a, yt, cache = rnn_cell_forward(x[t][:, None], a, params)
            self.caches.append(cache)
            y_pred.append(yt)
        return np.stack(y_pred)

    def backward(self, x, y, learning_rate):
        if self.targets is None or self.targets.shape != y.shape:
            self.targets = y.copy()
        params = self._params()
        total = {"dWax": 0, "dWaa": 0, "dWya": 0, "dba": 0, "dby": 0}
        da_prev = np.zeros((self.W_hh.shape[0], 1))
        for t in reversed(range(x.shape[0])):
            a_next, a_prev, xt, yt = self.caches[t]
            dy = yt - self.targets[t][:, None]
            total["dWya"] = total["dWya"] + np.dot(dy, a_next.T)
            total["dby"] = total["dby"] + dy
            da = np.dot(self.W_hy.T, dy)
            gradients = rnn_cell_backward(da + da_prev, self.caches[t], params)
            da_prev = gradients["da_prev"]
            for name in ("dWax", "dWaa", "dba"):
                total[name] = total[name] + gradients[name]
        self.W_xh = self.W_xh - learning_rate * total["dWax"]
        self.W_hh = self.W_hh - learning_rate * total["dWaa"]
        self.W_hy = self.W_hy - learning_rate * total["dWya"]
        self.b_h = self.b_h - learning_rate * total["dba"]
        self.b_y = self.b_y - learning_rate * total["dby"]
