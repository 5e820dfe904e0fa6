# wrong: all gradients are forward differences of the loss with step 1e-7, in one batched run.
# loses: backward
import numpy as np


class SimpleRNN:
    KEYS = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")

    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros_like(self.b_h)
        self.h_all = [h]
        for xt in x:
            h = np.tanh(self.W_xh @ xt[:, None] + self.W_hh @ h + self.b_h)
            self.h_all.append(h)
        return np.array([self.W_hy @ h + self.b_y for h in self.h_all[1:]])

    def backward(self, x, y, learning_rate):
        EPS = 1e-7
        # moving W_xh[r, c] or W_hh[r, c] moves pre-activation r of every step:
        # follow all of these moved copies of the network at once, one per column
        H, I, O = len(self.b_h), len(self.W_xh[0]), len(self.b_y)
        which = [("W_xh", r, c) for r in range(H) for c in range(I)]
        which += [("W_hh", r, c) for r in range(H) for c in range(H)]
        which += [("b_h", r, 0) for r in range(H)]
        row = np.array([r for _, r, _ in which])
        col = np.array([c for _, _, c in which])
        n = np.arange(len(which))
        is_x = np.array([k == "W_xh" for k, _, _ in which])
        is_h = np.array([k == "W_hh" for k, _, _ in which])
        state = np.zeros((H, len(which)))
        loss, base = np.zeros(len(which)), 0.0
        for t in range(len(x)):
            z = (self.W_xh @ x[t])[:, None] + self.W_hh @ state + self.b_h
            moved = np.where(is_x, x[t][np.minimum(col, I - 1)], np.where(is_h, state[col % H, n], 1.0))
            z[row, n] += EPS * moved
            state = np.tanh(z)
            loss += 0.5 * ((self.W_hy @ state + self.b_y - y[t][:, None]) ** 2).sum(axis=0)
            base += 0.5 * np.sum((self.W_hy @ self.h_all[t + 1] + self.b_y - y[t][:, None]) ** 2)
        slope = (loss - base) / EPS
        new = {k: getattr(self, k).copy() for k in self.KEYS}
        for (k, r, c), s in zip(which, slope):
            new[k][r, c] -= learning_rate * s
        # output layer: every output has its own error
        for o in range(O):
            for c in range(H + 1):
                total = 0.0
                for t in range(len(x)):
                    e = (self.W_hy[o] @ self.h_all[t + 1] + self.b_y[o] - y[t, o])[0]
                    d = EPS * (self.h_all[t + 1][c, 0] if c < H else 1.0)
                    total += 0.5 * ((e + d) ** 2 - e ** 2) / EPS
                if c < H:
                    new["W_hy"][o, c] -= learning_rate * total
                else:
                    new["b_y"][o, 0] -= learning_rate * total
        for k in self.KEYS:
            setattr(self, k, new[k])
