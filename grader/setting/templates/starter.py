"""One step of a small cell. Hand in this file as solution.py; the statement says what to do."""

# FILL IN: what the statement asks for, with shapes; every body raises NotImplementedError


def step(x_t, h_prev, W, U):
    """x_t (I,), h_prev (H,), W (H, I), U (H, H) -> h_t (H,)."""
    raise NotImplementedError


def step_back(d_h, x_t, h_prev, W, U):
    """d_h (H,) -> dict with dW (H, I) and dU (H, H)."""
    raise NotImplementedError
