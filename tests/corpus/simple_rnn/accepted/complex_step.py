# The gradient of the recurrent part is a complex-step derivative: one perturbed copy of the network per parameter.
import numpy as np

STEP = 1e-30  # no subtraction takes place, so it can be as small as one likes


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.sizes = input_size, hidden_size, output_size
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        hs = [np.zeros(self.sizes[1])]
        for x_t in x:
            hs.append(np.tanh(self.W_xh @ x_t + self.W_hh @ hs[-1] + self.b_h[:, 0]))
        self.hs = np.array(hs[1:])
        self.out = self.hs @ self.W_hy.T + self.b_y[:, 0]
        return self.out[:, :, None]

    def backward(self, x, y, learning_rate):
        I, H, O = self.sizes
        error = self.out - y
        # copy number (i, j) has W[i, j] + STEP * 1j, where W = [W_xh W_hh b_h]
        n = I + H + 1
        unit = np.repeat(np.arange(H), n)
        column = np.tile(np.arange(n), H)
        copies = np.arange(H * n)
        h = np.zeros((H * n, H), dtype=complex)
        slope = np.zeros(H * n)
        for t in range(len(x)):
            z = h @ self.W_hh.T + (self.W_xh @ x[t] + self.b_h[:, 0])
            factor = np.empty((H * n, n), dtype=complex)
            factor[:, :I], factor[:, I:-1], factor[:, -1] = x[t], h, 1.0
            z[copies, unit] += 1j * STEP * factor[copies, column]
            h = np.tanh(z)
            # d(1/2 |e|^2) = e . dy, and y is linear in h
            slope += (h.imag / STEP) @ (self.W_hy.T @ error[t])
        gradient = slope.reshape(H, n)
        self.W_hy -= learning_rate * (error.T @ self.hs)
        self.b_y -= learning_rate * error.sum(axis=0)[:, None]
        self.W_xh -= learning_rate * gradient[:, :I]
        self.W_hh -= learning_rate * gradient[:, I:-1]
        self.b_h -= learning_rate * gradient[:, -1:]
