# wrong: the gradient of n is multiplied by z in place of 1 - z.
# loses: backward
import numpy as np


class Var:
    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = value, parents, None

    def __add__(self, other):
        return Var(self.value + other.value, [(self, lambda g: g), (other, lambda g: g)])

    def __mul__(self, other):
        a, b = self.value, other.value
        return Var(a * b, [(self, lambda g: g * b), (other, lambda g: g * a)])

    def __rsub__(self, one):
        return Var(one - self.value, [(self, lambda g: g)])

    def __matmul__(self, other):
        a, b = self.value, other.value
        return Var(a @ b, [(self, lambda g: g @ b.T), (other, lambda g: a.T @ g)])

    def sigmoid(self):
        s = 1 / (1 + np.exp(-self.value))
        return Var(s, [(self, lambda g: g * s * (1 - s))])

    def tanh(self):
        s = np.tanh(self.value)
        return Var(s, [(self, lambda g: g * (1 - s * s))])


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        stacked = self.W_xh, self.W_hh, self.b_h
        self.leaves = [[Var(array[gate].copy()) for gate in range(3)] for array in stacked]
        self.last = Var(self.W_hy.copy()), Var(self.b_y.copy())
        W, U, b = self.leaves
        h, self.results = Var(np.zeros_like(self.b_h[0])), []
        for row in x:
            x_t = Var(row[:, None])
            r = (W[0] @ x_t + U[0] @ h + b[0]).sigmoid()
            z = (W[1] @ x_t + U[1] @ h + b[1]).sigmoid()
            n = (W[2] @ x_t + U[2] @ (r * h) + b[2]).tanh()
            h = (1 - z) * n + z * h
            self.results.append(self.last[0] @ h + self.last[1])
        return np.array([result.value for result in self.results])

    def backward(self, x, y, learning_rate):
        order, seen = [], set()
        todo = [(result, False) for result in self.results]
        while todo:
            node, done = todo.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                todo.append((node, True))
                todo += [(parent, False) for parent, _ in node.parents]
        for node in order:
            node.grad = np.zeros_like(node.value)
        for result, target in zip(self.results, y):
            result.grad = result.value - target[:, None]
        for node in reversed(order):
            for parent, pull in node.parents:
                parent.grad = parent.grad + pull(node.grad)
        for array, parts in zip((self.W_xh, self.W_hh, self.b_h), self.leaves):
            array -= learning_rate * np.stack([part.grad for part in parts])
        self.W_hy -= learning_rate * self.last[0].grad
        self.b_y -= learning_rate * self.last[1].grad
