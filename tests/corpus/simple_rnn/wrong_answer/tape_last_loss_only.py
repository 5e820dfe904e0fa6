# wrong: only the loss of the last prediction is put on the tape.
# loses: backward
import numpy as np


class Node:
    """A tiny reverse-mode tape."""

    def __init__(self, value, parents=()):
        self.value = value
        self.parents = parents
        self.grad = np.zeros_like(value, dtype=float)

    def __add__(self, other):
        return Node(self.value + other.value, ((self, lambda g: g), (other, lambda g: g)))

    def __matmul__(self, other):
        return Node(self.value @ other.value,
                    ((self, lambda g: g @ other.value.T), (other, lambda g: self.value.T @ g)))

    def tanh(self):
        t = np.tanh(self.value)
        return Node(t, ((self, lambda g: g * (1 - t * t)),))

    def half_square_error(self, target):
        d = self.value - target
        return Node(np.array(0.5 * np.sum(d * d)), ((self, lambda g: g * d),))


def run_tape(tape):
    for node in reversed(tape):
        for parent, pull in node.parents:
            parent.grad = parent.grad + pull(node.grad)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.leaves = {k: Node(getattr(self, k)) for k in ("W_xh", "W_hh", "W_hy", "b_h", "b_y")}
        L = self.leaves
        self.tape, self.predictions = [], []

        def record(node):
            self.tape.append(node)
            return node

        h = Node(np.zeros_like(self.b_h))
        for xt in x:
            a = record(L["W_xh"] @ Node(np.array(xt, dtype=float)[:, None]))
            b = record(L["W_hh"] @ h)
            c = record(a + b)
            d = record(c + L["b_h"])
            h = record(d.tanh())
            e = record(L["W_hy"] @ h)
            self.predictions.append(record(e + L["b_y"]))
        return np.array([p.value for p in self.predictions])

    def backward(self, x, y, learning_rate):
        losses = [p.half_square_error(t[:, None]) for p, t in zip(self.predictions, y)]
        for loss in losses[-1:]:
            loss.grad = np.array(1.0)
        run_tape(self.tape + losses)
        for name, leaf in self.leaves.items():
            setattr(self, name, getattr(self, name) - learning_rate * leaf.grad)
