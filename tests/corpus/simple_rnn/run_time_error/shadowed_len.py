# wrong: len is overwritten by a local variable and then called as a function, UnboundLocalError.
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        def init(*shape):
            return np.random.randn(*shape) * 0.01

        self.W_xh = init(hidden_size, input_size)
        self.W_hh = init(hidden_size, hidden_size)
        self.W_hy = init(output_size, hidden_size)
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.tape = []
        h = np.zeros((len(self.W_hh), 1))
        outputs = np.zeros((len(x), len(self.W_hy), 1))
        len = x.shape[0]
        for t in range(len):
            h_old = h
            h = np.tanh(self.W_xh @ x[t, :, None] + self.W_hh @ h_old + self.b_h)
            outputs[t] = self.W_hy @ h + self.b_y
            self.tape.append(self._make_back(x[t, :, None], h_old, h, outputs[t].copy()))
        return outputs

    def _make_back(self, x_t, h_old, h, out):
        def back(target, dh_later, grad):
            # target (O, 1), dh_later (H, 1); adds to grad and gives dL/dh_old
            e = out - target
            grad["hy"] += np.outer(e, h)
            grad["y"] += e
            dh = self.W_hy.T @ e + dh_later
            da = dh * (1.0 - h * h)
            grad["xh"] += np.outer(da, x_t)
            grad["hh"] += np.outer(da, h_old)
            grad["h"] += da
            return self.W_hh.T @ da
        return back

    def backward(self, x, y, learning_rate):
        grad = {
            "xh": np.zeros(self.W_xh.shape),
            "hh": np.zeros(self.W_hh.shape),
            "hy": np.zeros(self.W_hy.shape),
            "h": np.zeros(self.b_h.shape),
            "y": np.zeros(self.b_y.shape),
        }
        dh = np.zeros(self.b_h.shape)
        for t in range(len(y) - 1, -1, -1):
            dh = self.tape[t](y[t, :, None], dh, grad)
        self.W_xh -= learning_rate * grad["xh"]
        self.W_hh -= learning_rate * grad["hh"]
        self.W_hy -= learning_rate * grad["hy"]
        self.b_h -= learning_rate * grad["h"]
        self.b_y -= learning_rate * grad["y"]
