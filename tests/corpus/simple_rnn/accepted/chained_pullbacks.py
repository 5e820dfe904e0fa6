# forward builds one pullback closure per step, each calling the one after it; backward calls the last.
import functools
import numpy as np


def cell(W_xh, W_hh, b_h, x, h):
    new = np.tanh(W_xh @ x + W_hh @ h + b_h)

    def pullback(d_new):
        d_a = d_new * (1 - new ** 2)
        return (d_a @ x.T, d_a @ h.T, d_a), W_hh.T @ d_a

    return new, pullback


def readout(W_hy, b_y, h):
    out = W_hy @ h + b_y

    def pullback(d_out):
        return (d_out @ h.T, d_out), W_hy.T @ d_out

    return out, pullback


def plus(a, b):
    return tuple(p + q for p, q in zip(a, b))


class _RNN:
    def __init__(self, scale, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * scale
        self.W_hh = np.random.randn(hidden_size, hidden_size) * scale
        self.W_hy = np.random.randn(output_size, hidden_size) * scale
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        def end(errors, d_h):
            zeros = (self.W_xh, self.W_hh, self.b_h, self.W_hy, self.b_y)
            return tuple(np.zeros_like(w) for w in zeros)

        def chain(cell_back, out_back, rest):
            def back(errors, d_h):
                out_grads, d_here = out_back(errors[-1])
                cell_grads, d_before = cell_back(d_here + d_h)
                return plus(rest(errors[:-1], d_before), cell_grads + out_grads)

            return back

        h, back, outputs = np.zeros_like(self.b_h), end, []
        for x_t in x:
            h, cell_back = cell(self.W_xh, self.W_hh, self.b_h, x_t[:, None], h)
            out, out_back = readout(self.W_hy, self.b_y, h)
            back = chain(cell_back, out_back, back)
            outputs.append(out)
        self.outputs, self.back = np.array(outputs), back
        return self.outputs

    def backward(self, x, y, learning_rate):
        errors = list(self.outputs - y[:, :, None])
        grads = self.back(errors, np.zeros_like(self.b_h))
        for name, g in zip(("W_xh", "W_hh", "b_h", "W_hy", "b_y"), grads):
            setattr(self, name, getattr(self, name) - learning_rate * g)


SimpleRNN = functools.partial(_RNN, 0.01)
