"""A recurrent cell over a batch. Hand in this file as solution.py; the statement says what to do.

`parameters` is a dict with Wam (n_a, n_x), Waa (n_a, n_a), Wya (n_y, n_a), ba (n_a, 1) and
by (n_y, 1). What a cache is made of is your choice.
"""


def softmax(a):
    """a (n, m) -> (n, m), each column sums to 1; stable for any finite column."""
    raise NotImplementedError


def rnn_Cell(x_t, a_former, parameters):
    """x_t (n_x, m), a_former (n_a, m) -> a_now (n_a, m), y_now (n_y, m), cache."""
    raise NotImplementedError


def RNN_forward(x, a0, parameters):
    """x (n_x, m, T), a0 (n_a, m) -> caches, a (n_a, m, T), y (n_y, m, T)."""
    raise NotImplementedError


def rnn_cell_backward(d_next, cache):
    """d_next (n_a, m) -> dict with dx_t (n_x, m), da_former (n_a, m), dWam, dWaa, dba."""
    raise NotImplementedError


def RNN_backward(da, caches):
    """da (n_a, m, T) -> dict with dx (n_x, m, T), da0 (n_a, m), dWam, dWaa, dba."""
    raise NotImplementedError
