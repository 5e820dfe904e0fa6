# Products are numpy.tensordot, and the output layer is mapped over the states with apply_along_axis.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        T, H = x.shape[0], self.b_h.shape[0]
        self.H_all = np.zeros((T + 1, H))
        pre = np.tensordot(x, self.W_xh, axes=(1, 1))
        for t in range(T):
            self.H_all[t + 1] = np.tanh(
                pre[t] + np.tensordot(self.W_hh, self.H_all[t], axes=1) + self.b_h[:, 0])
        self.Y = np.apply_along_axis(
            lambda h: np.tensordot(self.W_hy, h, axes=1) + self.b_y[:, 0], 1, self.H_all[1:])
        return np.expand_dims(self.Y, -1)

    def backward(self, x, y, learning_rate):
        E = np.subtract(self.Y, y)
        from_output = np.apply_along_axis(lambda e: np.tensordot(e, self.W_hy, axes=1), 1, E)
        derivative = np.apply_along_axis(lambda h: 1.0 - h ** 2, 1, self.H_all[1:])
        A = np.zeros_like(from_output)
        carry = np.zeros(A.shape[1])
        for t in np.arange(len(x))[::-1]:
            A[t] = derivative[t] * (from_output[t] + carry)
            carry = np.tensordot(A[t], self.W_hh, axes=([0], [0]))
        self.W_xh -= learning_rate * np.tensordot(A, x, axes=(0, 0))
        self.W_hh -= learning_rate * np.tensordot(A, self.H_all[:-1], axes=(0, 0))
        self.W_hy -= learning_rate * np.tensordot(E, self.H_all[1:], axes=(0, 0))
        self.b_h -= learning_rate * np.add.reduce(A)[:, None]
        self.b_y -= learning_rate * np.add.reduce(E)[:, None]
