# wrong: the gradients of the biases are forward differences of the loss with step 1e-7.
# loses: backward
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        rnd = lambda *shape: np.random.randn(*shape) * 0.01
        self.W_xh = rnd(hidden_size, input_size)
        self.W_hh = rnd(hidden_size, hidden_size)
        self.W_hy = rnd(output_size, hidden_size)
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def _run(self, x, b_h, b_y):
        """Works for a batch of bias columns as well: b_h (H,B), b_y (O,B)."""
        h = np.zeros(b_h.shape)
        hs, ys = [h], []
        for xt in x:
            h = np.tanh((self.W_xh @ xt)[:, None] + self.W_hh @ h + b_h)
            hs.append(h)
            ys.append(self.W_hy @ h + b_y)
        return hs, np.array(ys)

    def _losses(self, x, y, b_h, b_y):
        _, ys = self._run(x, b_h, b_y)
        return 0.5 * ((ys - y[:, :, None]) ** 2).sum(axis=(0, 1))

    def forward(self, x):
        self.hs, self.ys = self._run(x, self.b_h, self.b_y)
        return self.ys.copy()

    def backward(self, x, y, learning_rate):
        H, O, eps = len(self.b_h), len(self.b_y), 1e-7
        base = self._losses(x, y, self.b_h, self.b_y)[0]
        moved_h = self._losses(x, y, self.b_h + eps * np.eye(H), np.repeat(self.b_y, H, axis=1))
        moved_y = self._losses(x, y, np.repeat(self.b_h, O, axis=1), self.b_y + eps * np.eye(O))
        db_h = ((moved_h - base) / eps)[:, None]
        db_y = ((moved_y - base) / eps)[:, None]

        dxh, dhh, dhy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        flow = np.zeros((H, 1))
        for t in reversed(range(len(x))):
            err = self.ys[t] - y[t][:, None]
            delta = (self.W_hy.T @ err + flow) * (1 - self.hs[t + 1] ** 2)
            dhy += err @ self.hs[t + 1].T
            dxh += delta @ x[t][None, :]
            dhh += delta @ self.hs[t].T
            flow = self.W_hh.T @ delta
        self.W_xh -= learning_rate * dxh
        self.W_hh -= learning_rate * dhh
        self.W_hy -= learning_rate * dhy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
