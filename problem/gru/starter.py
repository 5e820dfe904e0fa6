"""Gated recurrent units. Hand in this file as solution.py; the statement says what to do.

The first axis of W_xh, W_hh and b_h counts r, z and n, in this order.
"""


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        """Draw W_xh (3, H, I), W_hh (3, H, H), W_hy (O, H); b_h (3, H, 1) and b_y (O, 1) are 0."""
        raise NotImplementedError

    def forward(self, x):
        """x (T, I) -> outputs (T, O, 1). Every call starts from h_0 = 0."""
        raise NotImplementedError

    def backward(self, x, y, learning_rate):
        """y (T, O): backpropagation through time for the last forward(x), then one update."""
        raise NotImplementedError
