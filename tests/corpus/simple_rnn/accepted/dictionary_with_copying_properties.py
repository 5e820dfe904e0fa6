# Parameters sit in a dictionary and every read of an attribute hands out a copy, so only assignment can load them.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.params = {}
        self.params['W_xh'] = np.random.randn(hidden_size, input_size) * 0.01
        self.params['W_hh'] = np.random.randn(hidden_size, hidden_size) * 0.01
        self.params['W_hy'] = np.random.randn(output_size, hidden_size) * 0.01
        self.params['b_h'] = np.zeros((hidden_size, 1))
        self.params['b_y'] = np.zeros((output_size, 1))
        self.cache = {}

    @property
    def W_xh(self):
        return self.params['W_xh'].copy()

    @W_xh.setter
    def W_xh(self, value):
        self.params['W_xh'] = np.array(value, dtype=np.float64)

    @property
    def W_hh(self):
        return self.params['W_hh'].copy()

    @W_hh.setter
    def W_hh(self, value):
        self.params['W_hh'] = np.array(value, dtype=np.float64)

    @property
    def W_hy(self):
        return self.params['W_hy'].copy()

    @W_hy.setter
    def W_hy(self, value):
        self.params['W_hy'] = np.array(value, dtype=np.float64)

    @property
    def b_h(self):
        return self.params['b_h'].copy()

    @b_h.setter
    def b_h(self, value):
        self.params['b_h'] = np.array(value, dtype=np.float64)

    @property
    def b_y(self):
        return self.params['b_y'].copy()

    @b_y.setter
    def b_y(self, value):
        self.params['b_y'] = np.array(value, dtype=np.float64)

    def forward(self, x):
        p = self.params
        T = x.shape[0]
        h = {-1: np.zeros((p['W_hh'].shape[0], 1))}
        o = {}
        for t in range(T):
            h[t] = np.tanh(p['W_xh'] @ x[t].reshape(-1, 1) + p['W_hh'] @ h[t - 1] + p['b_h'])
            o[t] = p['W_hy'] @ h[t] + p['b_y']
        self.cache = {'h': h, 'o': o, 'T': T}
        return np.array([o[t] for t in range(T)])

    def backward(self, x, y, learning_rate):
        p = self.params
        h, o, T = self.cache['h'], self.cache['o'], self.cache['T']
        grads = {k: np.zeros_like(v) for k, v in p.items()}
        dh_next = np.zeros_like(h[-1])
        for t in range(T - 1, -1, -1):
            dy = o[t] - y[t].reshape(-1, 1)
            grads['W_hy'] += dy @ h[t].T
            grads['b_y'] += dy
            dh = p['W_hy'].T @ dy + dh_next
            da = dh * (1 - h[t] * h[t])
            grads['b_h'] += da
            grads['W_xh'] += da @ x[t].reshape(1, -1)
            grads['W_hh'] += da @ h[t - 1].T
            dh_next = p['W_hh'].T @ da
        for k in p:
            p[k] = p[k] - learning_rate * grads[k]
