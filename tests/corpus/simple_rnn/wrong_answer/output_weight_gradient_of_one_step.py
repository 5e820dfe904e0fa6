# wrong: dW_hy is assigned in each step, not summed, so one step counts (seen: slds-lmu/lecture_i2dl#10).
# loses: backward
import numpy as np


class SimpleRNN:

    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        T = x.shape[0]
        H = self.W_hh.shape[0]
        self.states = np.zeros((T + 1, H, 1))
        self.outputs = np.zeros((T, self.W_hy.shape[0], 1))
        for t in range(T):
            inp = x[t][:, None]
            self.states[t + 1] = np.tanh(
                np.dot(self.W_xh, inp) + np.dot(self.W_hh, self.states[t]) + self.b_h
            )
            self.outputs[t] = np.dot(self.W_hy, self.states[t + 1]) + self.b_y
        return self.outputs.copy()

    def _backward_v(self, t, delta):
        """gradients of the output layer in step t, and what goes on to the state"""
        self.grad_hy = np.outer(delta, self.states[t + 1])
        self.grad_by += delta
        return np.dot(self.W_hy.T, delta)

    def _backward_w(self, t, inp, grad):
        """gradients of the hidden layer in step t, and what goes on to the state before"""
        grad = grad * (1.0 - np.square(self.states[t + 1]))
        self.grad_xh += np.outer(grad, inp)
        self.grad_hh += np.outer(grad, self.states[t])
        self.grad_bh += grad
        return np.dot(self.W_hh.T, grad)

    def backward(self, x, y, learning_rate):
        self.grad_xh = np.zeros_like(self.W_xh)
        self.grad_hh = np.zeros_like(self.W_hh)
        self.grad_hy = np.zeros_like(self.W_hy)
        self.grad_bh = np.zeros_like(self.b_h)
        self.grad_by = np.zeros_like(self.b_y)
        from_later = np.zeros_like(self.b_h)
        for t in range(x.shape[0] - 1, -1, -1):
            delta = self.outputs[t] - y[t][:, None]
            grad = self._backward_v(t, delta) + from_later
            from_later = self._backward_w(t, x[t], grad)
        self.W_xh -= learning_rate * self.grad_xh
        self.W_hh -= learning_rate * self.grad_hh
        self.W_hy -= learning_rate * self.grad_hy
        self.b_h -= learning_rate * self.grad_bh
        self.b_y -= learning_rate * self.grad_by
