"""A network that learns to add. Hand in this file as solution.py; the statement says what to do."""


def int2binary(n, binary_dim=8):
    """n -> its bits, uint8 (binary_dim,), most significant first; ValueError if n does not fit."""
    raise NotImplementedError


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        """Draw synapse_0 (hidden, input), synapse_1 (output, hidden), synapse_h (hidden, hidden).

        Each is 2 * numpy.random.random(shape) - 1.
        """
        raise NotImplementedError

    def forward(self, a, b):
        """a (D,), b (D,) -> layer_2 (D,). Time runs from the last bit to the first."""
        raise NotImplementedError

    def train_step(self, a, b, c, alpha=0.1):
        """One update; the rounded bits d (D,) and sum |c - layer_2|, both from before it."""
        raise NotImplementedError
