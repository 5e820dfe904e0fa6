# wrong: the loop over the steps is never entered.
# loses: backward
import numpy as np


def in_halves(W, v):
    n = len(v) // 2
    return W @ v if n == 0 else in_halves(W[:, :n], v[:n]) + in_halves(W[:, n:], v[n:])


def tanh(z):
    return 2 * np.tanh(z / 2) / (1 + np.tanh(z / 2) ** 2)


def sigmoid(z):
    return (1 + np.exp(-z)) ** -1


def tanh_slope(h):
    return -(h * h - 1)


def sigmoid_slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        values = [np.random.normal(0, 0.01, (3, hidden_size, input_size)), np.random.normal(0, 0.01, (3, hidden_size, hidden_size)), np.random.normal(0, 0.01, (output_size, hidden_size)), np.ones((3, hidden_size, 1)) * 0.0, np.ones((output_size, 1)) * 0.0]
        self.flat = np.empty(sum(v.size for v in values))
        at = 0
        for name, value in zip(('W_xh', 'W_hh', 'W_hy', 'b_h', 'b_y'), values):
            view = self.flat[at : at + value.size].reshape(value.shape)
            view[...] = value
            setattr(self, name, view)
            at += value.size

    def run(self, x):
        W_xh = self.W_xh
        W_hh = self.W_hh
        W_hy = self.W_hy
        b_h = self.b_h
        b_y = self.b_y
        T, H = len(x), W_hh.shape[1]
        h = np.zeros(H)
        steps, ys = [], []
        projected = [(np.matmul(W_xh[0], x_t), np.matmul(W_xh[1], x_t), np.matmul(W_xh[2], x_t)) for x_t in [row for row in x]]
        for t in range(T):
            a_r = (projected[t][0]) + np.matmul(W_hh[0], h) + (b_h[0][:, 0])
            a_z = (projected[t][1]) + np.matmul(W_hh[1], h) + (b_h[1][:, 0])
            r, z = sigmoid(a_r), sigmoid(a_z)
            a_n = (projected[t][2]) + (np.matmul(W_hh[2], (r * h))) + (b_h[2][:, 0])
            n = tanh(a_n)
            now = n - z * n + z * h
            steps.append((h, r, z, n, a_r, a_z, a_n, now))
            ys.append(np.matmul(W_hy, now) + b_y[:, 0])
            h = now
        return steps, ys

    def forward(self, x):
        steps, ys = self.run(x)
        return np.vstack(ys).reshape(len(ys), -1, 1)

    def backward(self, x, y, learning_rate):
        W_xh = self.W_xh
        W_hh = self.W_hh
        W_hy = self.W_hy
        b_h = self.b_h
        b_y = self.b_y
        steps, ys = self.run(x)
        T, H = len(x), W_hh.shape[1]
        carried = np.zeros(H)
        deltas, seens, errors, states = [], [], [], []
        t = T
        while (t < 0):
            t -= 1
            h, r, z, n, a_r, a_z, a_n, now = steps[t]
            error = ys[t] - y[t]
            d_h = in_halves(W_hy.T, error) + carried
            d_n = tanh_slope(n) * (1 - z) * d_h
            d_rh = in_halves(W_hh[2].T, d_n)
            d_r = d_rh * h * sigmoid_slope(a_r)
            d_z = sigmoid_slope(a_z) * (h - n) * d_h
            carried = d_rh * r + (in_halves(W_hh[0].T, d_r) + (in_halves(W_hh[1].T, d_z) + d_h * z))
            deltas.insert(0, [np.ravel(v) for v in (d_r, d_z, d_n)])
            seens.insert(0, [np.ravel(v) for v in (h, h, r * h)])
            errors.insert(0, np.ravel(error))
            states.insert(0, np.ravel(now))
        D, P, E, N = (np.array(v) for v in (deltas, seens, errors, states))
        grads = {'W_xh': (D[:, :, :, None] * x[:, None, None, :]).sum(axis=0), 'W_hh': (D[:, :, :, None] * P[:, :, None, :]).sum(axis=0), 'W_hy': (E[:, :, None] * N[:, None, :]).sum(axis=0)}
        grads['b_h'], grads['b_y'] = D.sum(axis=0)[:, :, None], E.sum(axis=0)[:, None]
        W_xh -= learning_rate * grads['W_xh']
        W_hh -= learning_rate * grads['W_hh']
        W_hy -= learning_rate * grads['W_hy']
        b_h -= learning_rate * grads['b_h']
        b_y -= learning_rate * grads['b_y']
