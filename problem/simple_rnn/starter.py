"""A simple recurrent network. Hand in this file as solution.py; the statement says what to do."""


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        """Draw W_xh (H, I), W_hh (H, H) and W_hy (O, H); set b_h (H, 1) and b_y (O, 1) to zero."""
        raise NotImplementedError

    def forward(self, x):
        """x (T, I) -> outputs (T, O, 1). Every call starts from h_0 = 0."""
        raise NotImplementedError

    def backward(self, x, y, learning_rate):
        """y (T, O): backpropagation through time for the last forward(x), then one update."""
        raise NotImplementedError
