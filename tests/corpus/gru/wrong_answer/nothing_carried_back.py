# wrong: every state sees the error of its own output only.
# loses: backward
import numpy as np


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        H = hidden_size
        self.shapes = {
            "W_xh": (3, H, input_size),
            "W_hh": (3, H, H),
            "W_hy": (output_size, H),
            "b_h": (3, H, 1),
            "b_y": (output_size, 1),
        }
        self.flat = np.zeros(sum(int(np.prod(s)) for s in self.shapes.values()))
        self.slope = np.zeros_like(self.flat)
        self.__dict__.update(self.views(self.flat))
        self.gradient = self.views(self.slope)
        for name in ("W_xh", "W_hh", "W_hy"):
            getattr(self, name)[...] = np.random.randn(*self.shapes[name]) * 0.01

    def views(self, vector):
        found, at = {}, 0
        for name, shape in self.shapes.items():
            size = int(np.prod(shape))
            found[name] = vector[at : at + size].reshape(shape)
            at += size
        return found

    def forward(self, x):
        self.trace = [np.zeros((self.shapes["W_hh"][1], 1))]
        self.gates = []
        for x_t in x[..., None]:
            h = self.trace[-1]
            with np.errstate(over="ignore"):
                r, z = 1 / (1 + np.exp(-(self.W_xh[:2] @ x_t + self.W_hh[:2] @ h + self.b_h[:2])))
            n = np.tanh(self.W_xh[2] @ x_t + self.W_hh[2] @ (r * h) + self.b_h[2])
            self.gates.append((r, z, n))
            self.trace.append(n - z * n + z * h)
        self.outputs = self.W_hy @ np.array(self.trace[1:]) + self.b_y
        return self.outputs

    def backward(self, x, y, learning_rate):
        self.slope[:] = 0
        g = self.gradient
        dh = np.zeros_like(self.trace[0])
        for t in range(len(x))[::-1]:
            (r, z, n), h = self.gates[t], self.trace[t]
            off = self.outputs[t] - y[t][:, None]
            g["W_hy"] += off * self.trace[t + 1].T
            g["b_y"] += off
            dh = self.W_hy.T @ off
            dn = dh * (1 - z) * (1 - n**2)
            drh = self.W_hh[2].T @ dn
            both = np.stack([drh * h * r * (1 - r), dh * (h - n) * z * (1 - z)])
            d = np.concatenate([both, dn[None]])
            g["b_h"] += d
            g["W_xh"] += d * x[t]
            g["W_hh"][:2] += both * h.T
            g["W_hh"][2] += dn * (r * h).T
            dh = dh * z + drh * r + (self.W_hh[:2].transpose(0, 2, 1) @ both).sum(axis=0)
        self.flat -= learning_rate * self.slope
