# wrong: the local variable sigmoid hides the function of that name, UnboundLocalError.
import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = 0.01 * np.random.randn(3, hidden_size, input_size)
        self.W_hh = 0.01 * np.random.randn(3, hidden_size, hidden_size)
        self.W_hy = 0.01 * np.random.randn(output_size, hidden_size)
        self.b_h = np.zeros(shape=(3, hidden_size, 1))
        self.b_y = np.zeros(shape=(output_size, 1))
        self.hidden_size = hidden_size
        self.output_size = output_size

    def one_step(self, x, h):
        Wn, Un, bn = self.W_xh[2], self.W_hh[2], self.b_h[2]
        sigmoid = sigmoid(np.matmul(self.W_xh[:2], x) + np.matmul(self.W_hh[:2], h) + self.b_h[:2])
        r, z = sigmoid
        n = np.tanh(np.matmul(Wn, x) + np.matmul(Un, r * h) + bn)
        h_new = (1 - z) * n + z * h
        return r, z, n, h_new

    def forward(self, x):
        T = len(x)
        outputs = np.zeros((T, self.output_size, 1))
        self.cache = {}
        h = np.zeros((self.hidden_size, 1))
        self.cache["h", -1] = h
        for t in range(T):
            x_t = x[t, :].reshape(-1, 1)
            r, z, n, h = self.one_step(x_t, h)
            self.cache["r", t] = r
            self.cache["z", t] = z
            self.cache["n", t] = n
            self.cache["h", t] = h
            outputs[t] = np.matmul(self.W_hy, h) + self.b_y
        self.cache["outputs"] = outputs.copy()
        return outputs

    def backward(self, x, y, learning_rate):
        Ur, Uz, Un = self.W_hh
        grad_Wr, grad_Wz, grad_Wn = np.zeros(self.W_xh.shape)
        grad_Ur, grad_Uz, grad_Un = np.zeros(self.W_hh.shape)
        grad_br, grad_bz, grad_bn = np.zeros(self.b_h.shape)
        grad_hy = np.zeros(self.W_hy.shape)
        grad_by = np.zeros(self.b_y.shape)
        dh_next = np.zeros((self.hidden_size, 1))

        for t in reversed(range(len(x))):
            x_t = x[t, :].reshape(-1, 1)
            r = self.cache["r", t]
            z = self.cache["z", t]
            n = self.cache["n", t]
            h = self.cache["h", t]
            h_before = self.cache["h", t - 1]

            error = self.cache["outputs"][t] - y[t, :].reshape(-1, 1)
            grad_hy = grad_hy + np.matmul(error, h.T)
            grad_by = grad_by + error
            dh = np.matmul(self.W_hy.T, error) + dh_next

            dn = dh * (1 - z) * (1 - n * n)
            grad_Wn = grad_Wn + np.matmul(dn, x_t.T)
            grad_Un = grad_Un + np.matmul(dn, (r * h_before).T)
            grad_bn = grad_bn + dn
            drh = np.matmul(Un.T, dn)

            dz = dh * (h_before - n) * z * (1 - z)
            grad_Wz = grad_Wz + np.matmul(dz, x_t.T)
            grad_Uz = grad_Uz + np.matmul(dz, h_before.T)
            grad_bz = grad_bz + dz

            dr = drh * h_before * r * (1 - r)
            grad_Wr = grad_Wr + np.matmul(dr, x_t.T)
            grad_Ur = grad_Ur + np.matmul(dr, h_before.T)
            grad_br = grad_br + dr

            dh_next = dh * z + drh * r + np.matmul(Uz.T, dz) + np.matmul(Ur.T, dr)

        self.W_xh -= learning_rate * np.stack([grad_Wr, grad_Wz, grad_Wn])
        self.W_hh -= learning_rate * np.stack([grad_Ur, grad_Uz, grad_Un])
        self.b_h -= learning_rate * np.stack([grad_br, grad_bz, grad_bn])
        self.W_hy -= learning_rate * grad_hy
        self.b_y -= learning_rate * grad_by
