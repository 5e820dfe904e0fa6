# wrong: the gradient of b_y is an array of integers to which floats are added in place, UFuncTypeError.
# GRU from scratch. Every gate has its own names here, I mix up the indices otherwise.
import numpy as np


def sigmoid(a):
    result = np.zeros(a.shape)
    positive = a >= 0
    result[positive] = 1 / (1 + np.exp(-a[positive]))
    result[~positive] = np.exp(a[~positive]) / (1 + np.exp(a[~positive]))
    return result


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
        Wr, Wz, Wn = self.W_xh
        Ur, Uz, Un = self.W_hh
        br, bz, bn = self.b_h
        r = sigmoid(np.matmul(Wr, x) + np.matmul(Ur, h) + br)
        z = sigmoid(np.matmul(Wz, x) + np.matmul(Uz, h) + bz)
        n = np.tanh(np.matmul(Wn, x) + np.matmul(Un, r * h) + bn)
        h_new = (1 - z) * n + z * h
        return r, z, n, h_new

    def forward(self, x):
        T = len(x)
        outputs = np.zeros((T, self.output_size, 1))
        self.memory = {}
        h = np.zeros((self.hidden_size, 1))
        self.memory["h", -1] = h
        for t in range(T):
            column = x[t, :].reshape(-1, 1)
            r, z, n, h = self.one_step(column, h)
            self.memory["r", t] = r
            self.memory["z", t] = z
            self.memory["n", t] = n
            self.memory["h", t] = h
            outputs[t] = np.matmul(self.W_hy, h) + self.b_y
        self.memory["outputs"] = outputs.copy()
        return outputs

    def backward(self, x, y, learning_rate):
        Ur, Uz, Un = self.W_hh
        grad_Wr, grad_Wz, grad_Wn = np.zeros(self.W_xh.shape)
        grad_Ur, grad_Uz, grad_Un = np.zeros(self.W_hh.shape)
        grad_br, grad_bz, grad_bn = np.zeros(self.b_h.shape)
        grad_hy = np.zeros(self.W_hy.shape)
        grad_by = np.full(self.b_y.shape, 0)
        from_later = np.zeros((self.hidden_size, 1))

        t = len(x) - 1
        while t >= 0:
            column = x[t, :].reshape(-1, 1)
            r = self.memory["r", t]
            z = self.memory["z", t]
            n = self.memory["n", t]
            h = self.memory["h", t]
            h_before = self.memory["h", t - 1]

            error = self.memory["outputs"][t] - y[t, :].reshape(-1, 1)
            grad_hy += np.matmul(error, h.T)
            grad_by += error
            dh = np.matmul(self.W_hy.T, error) + from_later

            # through the new state
            dn = dh * (1 - z) * (1 - n * n)
            grad_Wn = grad_Wn + np.matmul(dn, column.T)
            grad_Un = grad_Un + np.matmul(dn, (r * h_before).T)
            grad_bn = grad_bn + dn
            d_reset_state = np.matmul(Un.T, dn)

            # through the update gate
            dz = dh * (h_before - n) * z * (1 - z)
            grad_Wz = grad_Wz + np.matmul(dz, column.T)
            grad_Uz = grad_Uz + np.matmul(dz, h_before.T)
            grad_bz = grad_bz + dz

            # through the reset gate
            dr = d_reset_state * h_before * r * (1 - r)
            grad_Wr = grad_Wr + np.matmul(dr, column.T)
            grad_Ur = grad_Ur + np.matmul(dr, h_before.T)
            grad_br = grad_br + dr

            from_later = dh * z + d_reset_state * r + np.matmul(Uz.T, dz) + np.matmul(Ur.T, dr)
            t = t - 1

        self.W_xh -= learning_rate * np.stack([grad_Wr, grad_Wz, grad_Wn])
        self.W_hh -= learning_rate * np.stack([grad_Ur, grad_Uz, grad_Un])
        self.b_h -= learning_rate * np.stack([grad_br, grad_bz, grad_bn])
        self.W_hy -= learning_rate * grad_hy
        self.b_y -= learning_rate * grad_by
