# No backpropagation: forward mode (RTRL) carries dh/dW along with h and is exact all the same.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros(self.W_hh.shape[0])
        self.h = [h]
        for row in x:
            h = np.tanh(self.W_xh @ row + self.W_hh @ h + self.b_h[:, 0])
            self.h.append(h)
        return np.stack([self.W_hy @ h + self.b_y[:, 0] for h in self.h[1:]])[:, :, None]

    def backward(self, x, y, learning_rate):
        I, H = x.shape[1], self.W_hh.shape[0]
        # S[k, i, j] = dh_k / dW_ij for the matrix W = [W_xh W_hh b_h]
        S = np.zeros((H, H, I + H + 1))
        grad = np.zeros((H, I + H + 1))
        grad_hy = np.zeros_like(self.W_hy)
        grad_by = np.zeros_like(self.b_y)
        i = np.arange(H)
        for t in range(len(x)):
            S = np.dot(self.W_hh, S.reshape(H, -1)).reshape(S.shape)
            S[i, i] += np.concatenate([x[t], self.h[t], [1.0]])
            S *= (1 - self.h[t + 1] ** 2)[:, None, None]
            error = self.W_hy @ self.h[t + 1] + self.b_y[:, 0] - y[t]
            grad += np.tensordot(error @ self.W_hy, S, axes=1)
            grad_hy += np.outer(error, self.h[t + 1])
            grad_by[:, 0] += error
        self.W_xh -= learning_rate * grad[:, :I]
        self.W_hh -= learning_rate * grad[:, I:-1]
        self.b_h -= learning_rate * grad[:, -1:]
        self.W_hy -= learning_rate * grad_hy
        self.b_y -= learning_rate * grad_by
