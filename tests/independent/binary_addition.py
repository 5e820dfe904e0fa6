"""binary_addition without backpropagation: gradients are complex steps of the loss, all at once.

As in simple_rnn.py beside this: every pre-activation is moved by i * STEP in a column of its own.
"""

import numpy as np

STEP = 1e-100


def int2binary(n, binary_dim=8):
    """The digits of n in base 2, by way of its text."""
    digits = f"{int(n):0{binary_dim}b}"
    if int(n) < 0 or len(digits) > binary_dim:
        raise ValueError(f"{n} has no {binary_dim} bits")
    return np.array(list(digits), int)


def squashed(z):
    """1 / (1 + e^-z), of complex numbers too."""
    return 1 / (1 + np.exp(-z))


class BinaryAdder:
    """The statement's class."""

    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        draw = np.random.uniform
        self.synapse_0 = draw(-1, 1, (hidden_dim, input_dim))
        self.synapse_1 = draw(-1, 1, (output_dim, hidden_dim))
        self.synapse_h = draw(-1, 1, (hidden_dim, hidden_dim))

    def layers(self, a, b, moved):
        """Hidden layer and output of every place, the least significant first, by columns."""
        layer_1, found = np.zeros_like(moved[0]), []
        for bits, move in zip(np.array([a, b]).T[::-1], moved, strict=True):
            z = self.synapse_h @ layer_1 + np.outer(self.synapse_0 @ bits, 1)
            layer_1 = squashed(z + move)
            found.append(layer_1)
        hidden = np.array(found)
        return hidden, squashed(np.einsum("h,dhk->dk", self.synapse_1[0], hidden))

    def forward(self, a, b):
        """Bits (D,), (D,) -> layer_2 (D,), most significant first."""
        _, layer_2 = self.layers(a, b, np.zeros((len(a), len(self.synapse_h), 1)))
        return layer_2[::-1, 0]

    def train_step(self, a, b, c, alpha=0.1):
        """Rounded bits and overall_error before the update."""
        places, units, wanted = len(a), len(self.synapse_h), c[::-1].astype(float)
        moved = STEP * 1j * np.eye(places * units).reshape(places, units, -1)
        hidden, layer_2 = self.layers(a, b, moved)
        losses = ((layer_2 - wanted[:, None]) ** 2 / 2).sum(axis=0)
        d_z = losses.imag.reshape(places, units) / STEP
        hidden, layer_2 = hidden[:, :, 0].real, layer_2[:, 0].real
        slope = squashed(np.einsum("h,dh->d", self.synapse_1[0], hidden) + STEP * 1j).imag / STEP
        bits, before = np.array([a, b])[:, ::-1], np.vstack([np.zeros(units), hidden[:-1]])
        self.synapse_0 = self.synapse_0 - alpha * np.einsum("dh,id->hi", d_z, bits)
        self.synapse_1 = self.synapse_1 - alpha * ((layer_2 - wanted) * slope @ hidden)[None]
        self.synapse_h = self.synapse_h - alpha * np.einsum("dh,dg->hg", d_z, before)
        return (layer_2[::-1] > 0.5).astype(int), np.abs(layer_2 - wanted).sum()
