# wrong: the flag for the derivative is missing, so dz is multiplied by sigmoid(z) (seen: CaptainE/RNN-LSTM-in-numpy#1).
# loses: backward
import numpy as np


def sigmoid(x, derivative=False):
    if derivative:
        return x * (1 - x)  # x is the value already
    return 1 / (1 + np.exp(-x))


def tanh(x, derivative=False):
    if derivative:
        return 1 - x**2
    return np.tanh(x)


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((self.b_h.shape[1], 1))
        self.hs, self.rs, self.zs, self.ns, self.outs = [h], [], [], [], []
        for x_t in x[:, :, None]:
            r = sigmoid(self.W_xh[0] @ x_t + self.W_hh[0] @ h + self.b_h[0])
            z = sigmoid(self.W_xh[1] @ x_t + self.W_hh[1] @ h + self.b_h[1])
            n = tanh(self.W_xh[2] @ x_t + self.W_hh[2] @ (r * h) + self.b_h[2])
            h = (1 - z) * n + z * h
            for held, value in ((self.hs, h), (self.rs, r), (self.zs, z), (self.ns, n)):
                held.append(value)
            self.outs.append(self.W_hy @ h + self.b_y)
        return np.array(self.outs)

    def backward(self, x, y, learning_rate):
        W_xh_d, W_hh_d, W_hy_d = (np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy))
        b_h_d, b_y_d = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        dh_next = np.zeros_like(self.hs[0])
        for t in reversed(range(len(x))):
            h_prev, x_t = self.hs[t], x[t][:, None]
            r, z, n = self.rs[t], self.zs[t], self.ns[t]

            dv = self.outs[t] - y[t][:, None]
            W_hy_d += np.dot(dv, self.hs[t + 1].T)
            b_y_d += dv
            dh = np.dot(self.W_hy.T, dv)
            dh += dh_next

            dn = dh * (1 - z)
            dn = tanh(n, derivative=True) * dn
            drh = np.dot(self.W_hh[2].T, dn)

            dz = dh * (h_prev - n)
            dz = sigmoid(z) * dz

            dr = drh * h_prev
            dr = sigmoid(r, derivative=True) * dr

            for gate, d in enumerate([dr, dz, dn]):
                W_xh_d[gate] += np.dot(d, x_t.T)
                b_h_d[gate] += d
            W_hh_d[0] += np.dot(dr, h_prev.T)
            W_hh_d[1] += np.dot(dz, h_prev.T)
            W_hh_d[2] += np.dot(dn, (r * h_prev).T)

            dh_next = dh * z + drh * r + np.dot(self.W_hh[0].T, dr) + np.dot(self.W_hh[1].T, dz)
        self.W_xh -= learning_rate * W_xh_d
        self.W_hh -= learning_rate * W_hh_d
        self.W_hy -= learning_rate * W_hy_d
        self.b_h -= learning_rate * b_h_d
        self.b_y -= learning_rate * b_y_d
