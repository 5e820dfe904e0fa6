# wrong: the gradient carried past the first step is kept and enters the next call of backward.
# loses: training, conduct
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.grad_h = np.zeros((hidden_size, 1))

    def forward(self, x):
        state = np.zeros(self.b_h.shape)
        self.tape = []
        for t in range(x.shape[0]):
            inp = x[t:t + 1].T
            prev = state
            state = np.tanh(self.W_xh @ inp + self.W_hh @ prev + self.b_h)
            self.tape.append((inp, prev, state))
        return np.array([self.W_hy @ s + self.b_y for _, _, s in self.tape])

    def backward(self, x, y, learning_rate):
        U, W, V = np.copy(self.W_xh), np.copy(self.W_hh), np.copy(self.W_hy)
        b, c = np.copy(self.b_h), np.copy(self.b_y)
        for t in range(x.shape[0] - 1, -1, -1):
            inp, prev, state = self.tape[t]
            err = self.W_hy @ state + self.b_y - y[t:t + 1].T
            self.grad_h = self.grad_h + self.W_hy.T @ err
            pre = self.grad_h * (1 - state ** 2)
            self.grad_h = self.W_hh.T @ pre
            V -= learning_rate * err @ state.T
            c -= learning_rate * err
            U -= learning_rate * pre @ inp.T
            W -= learning_rate * pre @ prev.T
            b -= learning_rate * pre
        self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y = U, W, V, b, c
