# wrong: helper now takes the gate first, these calls still last.
# loses: forward
import numpy as np


class GRU:
    RESET, UPDATE, NEW = 0, 1, 2

    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def _affine(self, gate, x_t, state):
        return self.W_xh[gate] @ x_t + self.W_hh[gate] @ state + self.b_h[gate]

    def _gate(self, gate, x_t, state):
        return 1 / (1 + np.exp(-self._affine(gate, x_t, state)))

    def forward(self, x):
        h = np.zeros((self.W_hh.shape[2], 1))
        self.history = []
        outputs = []
        for t in range(len(x)):
            x_t = x[t][:, None]
            r = self._gate(x_t, h, self.RESET)
            z = self._gate(x_t, h, self.UPDATE)
            n = np.tanh(self._affine(self.NEW, x_t, r * h))
            h_next = (1 - z) * n + z * h
            y_t = self.W_hy @ h_next + self.b_y
            self.history.append({"x": x_t, "h": h, "r": r, "z": z, "n": n, "h_next": h_next, "y": y_t})
            outputs.append(y_t)
            h = h_next
        return np.array(outputs)

    def backward(self, x, y, learning_rate):
        total = [np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y)]
        dh_next = np.zeros((self.W_hh.shape[2], 1))
        for t in reversed(range(len(x))):
            grads, dh_next = self._step_back(self.history[t], y[t][:, None], dh_next)
            total = [a + b for a, b in zip(total, grads)]
        self.W_xh -= learning_rate * total[0]
        self.W_hh -= learning_rate * total[1]
        self.W_hy -= learning_rate * total[2]
        self.b_h -= learning_rate * total[3]
        self.b_y -= learning_rate * total[4]

    def _step_back(self, s, target, dh_next):
        dy = s["y"] - target
        dh = self.W_hy.T @ dy + dh_next
        dn = dh * (1 - s["z"]) * (1 - s["n"] ** 2)
        dz = dh * (s["h"] - s["n"]) * s["z"] * (1 - s["z"])
        drh = self.W_hh[self.NEW].T @ dn
        dr = drh * s["h"] * s["r"] * (1 - s["r"])
        delta = np.stack([dr, dz, dn])
        seen = np.stack([s["h"], s["h"], s["r"] * s["h"]])
        grads = (delta @ s["x"].T, delta @ seen.transpose(0, 2, 1), dy @ s["h_next"].T, delta, dy)
        before = dh * s["z"] + drh * s["r"]
        before = before + self.W_hh[self.RESET].T @ dr + self.W_hh[self.UPDATE].T @ dz
        return grads, before
