# Gradients by the complex step, all weights at once: one forward pass over a batch of shifted networks.
import numpy as np

STEP = 1e-60


def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0 or n >= 2.0**binary_dim:
        raise ValueError(n)
    return np.array([n // 2**k % 2 for k in range(binary_dim)][::-1]).astype("uint8")


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        for name, shape in (("0", (hidden_dim, input_dim)), ("1", (output_dim, hidden_dim)), ("h", (hidden_dim,) * 2)):
            setattr(self, "synapse_" + name, 2 * np.random.random_sample(shape) - 1)

    @staticmethod
    def outputs(w0, w1, wh, a, b):
        """w0 (n, H, 2), w1 (n, 1, H), wh (n, H, H) -> (n, D) in the order of time."""
        h = np.zeros((len(w0), w0.shape[1], 1))
        out = []
        for x in np.stack([a, b], 1)[::-1].astype(float):
            h = 1 / (1 + np.exp(-(w0 @ x[:, None] + wh @ h)))
            out.append(1 / (1 + np.exp(-(w1 @ h)))[:, 0, 0])
        return np.stack(out, axis=1)

    def forward(self, a, b):
        return self.outputs(self.synapse_0[None], self.synapse_1[None], self.synapse_h[None], a, b)[0, ::-1]

    def train_step(self, a, b, c, alpha=0.1):
        weights = self.synapse_0, self.synapse_1, self.synapse_h
        flat = np.concatenate([w.ravel() for w in weights])
        shifted = flat + 1j * STEP * np.eye(flat.size)
        cut = np.cumsum([w.size for w in weights])[:-1]
        batch = [p.reshape(-1, *w.shape) for p, w in zip(np.split(shifted, cut, axis=1), weights)]
        y = self.outputs(*batch, a, b)
        loss = 0.5 * ((y - c[::-1]) ** 2).sum(axis=1)
        gradient = loss.imag / STEP
        for w, g in zip(weights, np.split(gradient, cut)):
            w -= alpha * g.reshape(w.shape)
        y = y[0].real[::-1]
        return np.round(y), np.abs(c - y).sum()
