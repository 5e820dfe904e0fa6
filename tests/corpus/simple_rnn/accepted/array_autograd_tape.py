# A small reverse-mode autograd for arrays: forward records a tape, backward replays it from the loss.
import numpy as np


class Tape(list):
    """Operations in the order they happened; each entry knows how to send its gradient back."""

    def run_back(self):
        for step in reversed(self):
            step()


class Var:
    def __init__(self, value, tape):
        self.value = np.asarray(value, dtype=float)
        self.grad = np.zeros_like(self.value)
        self.tape = tape

    def __matmul__(self, other):
        out = Var(self.value @ other.value, self.tape)

        def back():
            self.grad += out.grad @ other.value.T
            other.grad += self.value.T @ out.grad

        self.tape.append(back)
        return out

    def __add__(self, other):
        out = Var(self.value + other.value, self.tape)

        def back():
            self.grad += out.grad
            other.grad += out.grad

        self.tape.append(back)
        return out

    def __sub__(self, other):
        out = Var(self.value - other.value, self.tape)

        def back():
            self.grad += out.grad
            other.grad -= out.grad

        self.tape.append(back)
        return out

    def tanh(self):
        out = Var(np.tanh(self.value), self.tape)

        def back():
            self.grad += (1.0 - out.value ** 2) * out.grad

        self.tape.append(back)
        return out

    def half_square(self):
        out = Var(0.5 * np.sum(self.value ** 2), self.tape)

        def back():
            self.grad += self.value * out.grad

        self.tape.append(back)
        return out


class SimpleRNN:
    WEIGHTS = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")

    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.tape = Tape()
        self.vars = {n: Var(getattr(self, n), self.tape) for n in self.WEIGHTS}
        w = self.vars
        h = Var(np.zeros_like(self.b_h), self.tape)
        self.outputs = []
        for x_t in x:
            x_t = Var(x_t.reshape(-1, 1), self.tape)
            h = (w["W_xh"] @ x_t + w["W_hh"] @ h + w["b_h"]).tanh()
            self.outputs.append(w["W_hy"] @ h + w["b_y"])
        return np.array([o.value for o in self.outputs])

    def backward(self, x, y, learning_rate):
        loss = Var(0.0, self.tape)
        for o, target in zip(self.outputs, y):
            loss = loss + (o - Var(target.reshape(-1, 1), self.tape)).half_square()
        loss.grad = np.ones_like(loss.value)
        self.tape.run_back()
        for name in self.WEIGHTS:
            setattr(self, name, getattr(self, name) - learning_rate * self.vars[name].grad)
