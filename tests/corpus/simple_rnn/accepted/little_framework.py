# A small layer framework (Linear, Tanh, Loss, SGD); SimpleRNN only exposes the layers' arrays under the asked names.
import abc

import numpy as np


class Layer(abc.ABC):
    @abc.abstractmethod
    def __call__(self, *inputs): ...

    @abc.abstractmethod
    def back(self, grad): ...


class Linear(Layer):
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias
        self.grads = [np.zeros_like(w) for w in weights] + [np.zeros_like(bias)]
        self.stack = []

    def reset(self):
        self.stack.clear()
        for g in self.grads:
            g.fill(0)

    def __call__(self, *inputs):
        self.stack.append(inputs)
        return sum((w @ v for w, v in zip(self.weights, inputs)), self.bias)

    def back(self, grad):
        inputs = self.stack.pop()
        for g, v in zip(self.grads, inputs):
            g += grad @ v.T
        self.grads[-1] += grad
        return [w.T @ grad for w in self.weights]


class Tanh(Layer):
    def __init__(self):
        self.stack = []

    def reset(self):
        self.stack.clear()

    def __call__(self, a):
        self.stack.append(np.tanh(a))
        return self.stack[-1]

    def back(self, grad):
        return grad * (1 - self.stack.pop() ** 2)


class HalfSquaredError:
    def __call__(self, out, target):
        self.diff = out - target
        return 0.5 * float((self.diff ** 2).sum())

    def back(self):
        return self.diff


class SGD:
    def __init__(self, layers):
        self.layers = layers

    def step(self, rate):
        for layer in self.layers:
            for w, g in zip([*layer.weights, layer.bias], layer.grads):
                w -= rate * g


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        r = lambda *shape: np.random.randn(*shape) * 0.01
        self.hidden = Linear([r(hidden_size, input_size), r(hidden_size, hidden_size)], np.zeros((hidden_size, 1)))
        self.readout = Linear([r(output_size, hidden_size)], np.zeros((output_size, 1)))
        self.act = Tanh()
        self.loss = HalfSquaredError()
        self.optimizer = SGD([self.hidden, self.readout])

    @property
    def W_xh(self):
        return self.hidden.weights[0]

    @property
    def W_hh(self):
        return self.hidden.weights[1]

    @property
    def W_hy(self):
        return self.readout.weights[0]

    @property
    def b_h(self):
        return self.hidden.bias

    @property
    def b_y(self):
        return self.readout.bias

    def forward(self, x):
        for layer in (self.hidden, self.act, self.readout):
            layer.reset()
        h = np.zeros_like(self.b_h)
        self.out = []
        for row in x:
            h = self.act(self.hidden(row[:, None], h))
            self.out.append(self.readout(h))
        return np.array(self.out)

    def backward(self, x, y, learning_rate):
        from_next = 0
        for out, target in zip(reversed(self.out), reversed(y)):
            self.loss(out, target[:, None])
            (d_h,) = self.readout.back(self.loss.back())
            _, from_next = self.hidden.back(self.act.back(d_h + from_next))
        self.optimizer.step(learning_rate)
