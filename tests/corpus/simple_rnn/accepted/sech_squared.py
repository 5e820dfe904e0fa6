# The derivative of tanh is taken from the pre-activation as 1 / cosh(a)**2, which overflows quietly to 0.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.z, self.a, self.y_hat = [], [], []
        a_prev = np.zeros_like(self.b_h)
        for t in range(len(x)):
            z = self.W_xh.dot(x[t].reshape(-1, 1)) + self.W_hh.dot(a_prev) + self.b_h
            a_prev = np.tanh(z)
            self.z.append(z)
            self.a.append(a_prev)
            self.y_hat.append(self.W_hy.dot(a_prev) + self.b_y)
        return np.array(self.y_hat)

    @staticmethod
    def tanh_prime(z):
        with np.errstate(over="ignore"):
            return 1.0 / np.cosh(z) ** 2

    def backward(self, x, y, learning_rate):
        dW_xh = np.zeros(self.W_xh.shape)
        dW_hh = np.zeros(self.W_hh.shape)
        dW_hy = np.zeros(self.W_hy.shape)
        db_h = np.zeros(self.b_h.shape)
        db_y = np.zeros(self.b_y.shape)
        dz = np.zeros(self.b_h.shape)
        for t in range(len(x) - 1, -1, -1):
            dy = self.y_hat[t] - y[t].reshape(-1, 1)
            da = self.W_hy.T.dot(dy) + self.W_hh.T.dot(dz)
            dz = da * self.tanh_prime(self.z[t])
            dW_hy += dy.dot(self.a[t].T)
            db_y += dy
            dW_xh += dz.dot(x[t].reshape(1, -1))
            if t > 0:
                dW_hh += dz.dot(self.a[t - 1].T)
            db_h += dz
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
