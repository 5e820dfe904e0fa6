# wrong: the backward loop counts the other axis of x, not the time steps (seen: https://binne.notion.site/Assignment-2-RNN-Backpropagation-684ec99c986e473585336e860a02670a).
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def update_state(self, x_k, s_k):
        return np.tanh(self.W_xh @ x_k + self.W_hh @ s_k + self.b_h[:, 0])

    def forward(self, x):
        S = np.zeros((x.shape[0] + 1, self.W_hh.shape[0]))
        for k in range(x.shape[0]):
            S[k + 1] = self.update_state(x[k], S[k])
        self.S = S
        self.out = S[1:] @ self.W_hy.T + self.b_y[:, 0]
        return self.out[..., np.newaxis]

    def backward(self, x, y, learning_rate):
        S = self.S
        grad_out = self.out - y
        wx_grad = np.zeros_like(self.W_xh)
        wrec_grad = np.zeros_like(self.W_hh)
        b_grad = np.zeros(len(self.b_h))
        grad = np.zeros(len(self.b_h))
        for k in range(x.shape[1], 0, -1):
            grad = (grad @ self.W_hh + grad_out[k - 1] @ self.W_hy) * (1 - S[k] ** 2)
            wx_grad += np.outer(grad, x[k - 1])
            wrec_grad += np.outer(grad, S[k - 1])
            b_grad += grad
        self.W_hy -= learning_rate * grad_out.T @ S[1:]
        self.b_y -= learning_rate * grad_out.sum(axis=0)[:, np.newaxis]
        self.W_xh -= learning_rate * wx_grad
        self.W_hh -= learning_rate * wrec_grad
        self.b_h -= learning_rate * b_grad[:, np.newaxis]
