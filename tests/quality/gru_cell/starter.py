"""A GRU cell. Hand in this file as solution.py; the statement says what to do.

`parameters` is a dict with W (3, H, I), U (3, H, H) and b (3, H), for the gates z, r and n.
"""


def gru_cell(x_t, h_prev, parameters):
    """x_t (I,), h_prev (H,) -> h_t (H,)."""
    raise NotImplementedError


def gru_backward(d_h, x_t, h_prev, parameters):
    """d_h (H,) -> dict with dx_t (I,), dh_prev (H,), dW, dU and db."""
    raise NotImplementedError
