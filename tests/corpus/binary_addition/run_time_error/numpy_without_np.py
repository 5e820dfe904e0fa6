# RTE: numpy imported without the alias np.
import numpy


def sigmoid(inp):
    return 1 / (1 + np.exp(-inp))


def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0 or n >= 2 ** binary_dim:
        raise ValueError("number does not fit")
    bits = []
    for i in range(binary_dim):
        bits.append(n % 2)
        n = n // 2
    bits.reverse()
    return np.array(bits, dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.input_dim = input_dim
        self.hidden_dim = hidden_dim
        self.output_dim = output_dim
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def forward(self, a, b):
        n_bits = len(a)
        state = np.zeros(self.hidden_dim)
        result = np.zeros(n_bits)
        for t in range(n_bits):
            pos = n_bits - 1 - t
            inp = np.array([a[pos], b[pos]])
            state = sigmoid(np.dot(self.synapse_0, inp) + np.dot(self.synapse_h, state))
            y = sigmoid(np.dot(self.synapse_1, state))
            result[pos] = y[0]
        return result

    def train_step(self, a, b, c, alpha=0.1):
        n_bits = len(a)
        H = self.hidden_dim
        # forward, remember everything
        xs = np.zeros((n_bits, 2))
        hs = np.zeros((n_bits + 1, H))
        ys = np.zeros(n_bits)
        for t in range(n_bits):
            pos = n_bits - 1 - t
            xs[t, 0] = a[pos]
            xs[t, 1] = b[pos]
            z = np.dot(self.synapse_0, xs[t]) + np.dot(self.synapse_h, hs[t])
            hs[t + 1] = sigmoid(z)
            ys[t] = sigmoid(np.dot(self.synapse_1, hs[t + 1]))[0]

        # gradients
        grad_0 = np.zeros((H, 2))
        grad_1 = np.zeros((1, H))
        grad_h = np.zeros((H, H))
        dh_next = np.zeros(H)
        for t in range(n_bits - 1, -1, -1):
            target = c[n_bits - 1 - t]
            delta_y = (ys[t] - target) * ys[t] * (1 - ys[t])
            for j in range(H):
                grad_1[0, j] += delta_y * hs[t + 1, j]
            delta_h = np.zeros(H)
            for j in range(H):
                dh = self.synapse_1[0, j] * delta_y + dh_next[j]
                delta_h[j] = dh * hs[t + 1, j] * (1 - hs[t + 1, j])
            for j in range(H):
                for i in range(2):
                    grad_0[j, i] += delta_h[j] * xs[t, i]
                for k in range(H):
                    grad_h[j, k] += delta_h[j] * hs[t, k]
            dh_next = np.dot(self.synapse_h.T, delta_h)

        # update
        self.synapse_0 -= alpha * grad_0
        self.synapse_1 -= alpha * grad_1
        self.synapse_h -= alpha * grad_h

        d = np.zeros(n_bits, dtype=np.uint8)
        overall_error = 0.0
        for t in range(n_bits):
            pos = n_bits - 1 - t
            d[pos] = int(np.round(ys[t]))
            overall_error += abs(c[pos] - ys[t])
        return d, overall_error
