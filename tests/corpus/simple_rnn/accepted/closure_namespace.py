# SimpleRNN is a function; the object it returns is a SimpleNamespace that carries closures.
from types import SimpleNamespace

import numpy as np


def SimpleRNN(input_size, hidden_size, output_size):
    rnn = SimpleNamespace(
        W_xh=np.random.randn(hidden_size, input_size) * 0.01,
        W_hh=np.random.randn(hidden_size, hidden_size) * 0.01,
        W_hy=np.random.randn(output_size, hidden_size) * 0.01,
        b_h=np.zeros((hidden_size, 1)),
        b_y=np.zeros((output_size, 1)),
    )
    trace = None

    def forward(x):
        nonlocal trace
        h, trace = np.zeros((hidden_size, 1)), []
        for v in x:
            v = v.reshape(input_size, 1)
            new = np.tanh(rnn.W_xh @ v + rnn.W_hh @ h + rnn.b_h)
            trace.append((v, h, new, rnn.W_hy @ new + rnn.b_y))
            h = new
        return np.stack([entry[-1] for entry in trace])

    def backward(x, y, learning_rate):
        g = {k: np.zeros_like(w) for k, w in vars(rnn).items() if isinstance(w, np.ndarray)}
        carry = np.zeros((hidden_size, 1))
        for (v, old, new, out), target in zip(trace[::-1], y[::-1]):
            err = out - target.reshape(output_size, 1)
            delta = (rnn.W_hy.T @ err + carry) * (1 - new * new)
            g["W_hy"] += err @ new.T
            g["b_y"] += err
            g["W_xh"] += delta @ v.T
            g["W_hh"] += delta @ old.T
            g["b_h"] += delta
            carry = rnn.W_hh.T @ delta
        for k in g:
            setattr(rnn, k, getattr(rnn, k) - learning_rate * g[k])

    rnn.forward = forward
    rnn.backward = backward
    return rnn
