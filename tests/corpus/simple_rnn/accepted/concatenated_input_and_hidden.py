# Each call glues the weights into one big matrix M and multiplies it with [x; h; 1]; the gradient is cut up again.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.n = (input_size, hidden_size, output_size)
        self.W_xh = .01 * np.random.randn(hidden_size, input_size)
        self.W_hh = .01 * np.random.randn(hidden_size, hidden_size)
        self.W_hy = .01 * np.random.randn(output_size, hidden_size)
        self.b_h, self.b_y = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))

    def forward(self, x):
        T = len(x)
        I, H, O = self.n
        M = np.c_[self.W_xh, self.W_hh, self.b_h]
        V = np.c_[self.W_hy, self.b_y]
        self.z = np.ones((T + 1, I + H + 1))
        self.z[:T, :I] = x
        self.z[0, I:I + H] = 0
        for t in range(T):
            self.z[t + 1, I:I + H] = np.tanh(M @ self.z[t])
        self.q = self.z[1:, I:]  # [h_t, 1] for t = 1..T
        self.p = self.q @ V.T
        return self.p.reshape(T, O, 1)

    def backward(self, x, y, learning_rate):
        T = len(x)
        I, H, O = self.n
        E = self.p - y
        D = np.empty((T, H))
        U = E @ self.W_hy
        S = 1 - self.q[:, :H] ** 2
        for t in reversed(range(T)):
            D[t] = U[t] * S[t] if t == T - 1 else (U[t] + D[t + 1] @ self.W_hh) * S[t]
        dM = D.T @ self.z[:T]
        dV = E.T @ self.q
        parts = np.hsplit(dM, [I, I + H]) + np.hsplit(dV, [H])
        names = "W_xh", "W_hh", "b_h", "W_hy", "b_y"
        for name, part in zip(names, parts):
            setattr(self, name, getattr(self, name) - learning_rate * part)
