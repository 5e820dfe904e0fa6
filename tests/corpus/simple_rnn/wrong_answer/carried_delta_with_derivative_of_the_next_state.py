# wrong: the carried part of delta k has the derivative at state k+1, not at k (seen: hanbt/learn_dl#29).
# loses: backward
import numpy as np


class TanhActivator:
    def forward(self, z):
        return np.tanh(z)

    def backward(self, output):
        return 1 - output * output


class SimpleRNN:
    def __init__(self, input_width, state_width, output_width):
        self.activator = TanhActivator()
        self.W_xh = np.random.randn(state_width, input_width) * 0.01
        self.W_hh = np.random.randn(state_width, state_width) * 0.01
        self.W_hy = np.random.randn(output_width, state_width) * 0.01
        self.b_h = np.zeros((state_width, 1))
        self.b_y = np.zeros((output_width, 1))

    def forward(self, x):
        self.state_list = [np.zeros_like(self.b_h)]
        for row in x:
            z = self.W_xh @ row[:, np.newaxis] + self.W_hh @ self.state_list[-1] + self.b_h
            self.state_list.append(self.activator.forward(z))
        self.output_list = [self.W_hy @ s + self.b_y for s in self.state_list[1:]]
        return np.array(self.output_list)

    def calc_delta(self, errors):
        times = len(errors)
        self.delta_list = [None] * (times + 1)
        for k in range(times, 0, -1):
            own = self.W_hy.T @ errors[k - 1]
            delta = own * self.activator.backward(self.state_list[k])
            if k < times:
                delta += self.calc_delta_k(k)
            self.delta_list[k] = delta

    def calc_delta_k(self, k):
        """what delta k gets from delta k+1"""
        slope = self.activator.backward(self.state_list[k + 1])
        return (self.W_hh.T @ self.delta_list[k + 1]) * slope

    def backward(self, x, y, learning_rate):
        errors = [o - row[:, np.newaxis] for o, row in zip(self.output_list, y)]
        self.calc_delta(errors)
        deltas = self.delta_list[1:]
        grad_xh = sum(d @ row[np.newaxis, :] for d, row in zip(deltas, x))
        grad_hh = sum(d @ s.T for d, s in zip(deltas, self.state_list))
        grad_hy = sum(e @ s.T for e, s in zip(errors, self.state_list[1:]))
        self.W_xh -= learning_rate * grad_xh
        self.W_hh -= learning_rate * grad_hh
        self.W_hy -= learning_rate * grad_hy
        self.b_h -= learning_rate * sum(deltas)
        self.b_y -= learning_rate * sum(errors)
