# wrong: the derivatives are written into the stored states, which dW_hh needs later (seen: hanbt/learn_dl#29).
# loses: backward
import numpy as np


def element_wise_op(array, op):
    for i in range(array.size):
        array.flat[i] = op(array.flat[i])


def slope(h):
    return 1.0 - h * h


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.states = [np.zeros((self.b_h.shape[0], 1))]
        self.outputs = []
        for t in range(x.shape[0]):
            xt = x[t].reshape(-1, 1)
            state = np.tanh(np.dot(self.W_xh, xt) + np.dot(self.W_hh, self.states[t]) + self.b_h)
            self.states.append(state)
            self.outputs.append(np.dot(self.W_hy, state) + self.b_y)
        return np.array(self.outputs)

    def backward(self, x, y, learning_rate):
        T = x.shape[0]
        errors = [self.outputs[t] - y[t].reshape(-1, 1) for t in range(T)]
        dW_hy = sum(np.dot(errors[t], self.states[t + 1].T) for t in range(T))

        # the deltas, from the end to the beginning
        deltas = [None] * T
        later = np.zeros_like(self.b_h)
        for t in reversed(range(T)):
            derivative = self.states[t + 1]
            element_wise_op(derivative, slope)
            deltas[t] = (np.dot(self.W_hy.T, errors[t]) + later) * derivative
            later = np.dot(self.W_hh.T, deltas[t])

        # the gradients of the hidden layer
        dW_xh = sum(np.dot(deltas[t], x[t].reshape(1, -1)) for t in range(T))
        dW_hh = sum(np.dot(deltas[t], self.states[t].T) for t in range(T))
        db_h = sum(deltas)
        db_y = sum(errors)

        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
