# wrong: softmax is e^(a - log-sum-exp), where the logarithm is lost beside a large maximum.
# loses: softmax
"""Inside, samples are rows: X (T, m, n_x) and A (T + 1, m, n_a), A[0] being a0."""
import numpy as np


def softmax(a):
    top = a.max(axis=0)
    log_sum = top + np.log(np.exp(a - top).sum(axis=0))
    return np.exp(a - log_sum)


class Run:
    """One run over a sequence; keeps what the way back needs."""

    def __init__(self, parameters):
        self.Wx = parameters["Wam"].T
        self.Wa = parameters["Waa"].T
        self.b = parameters["ba"].T

    def unroll(self, X, start):
        self.X = X
        self.A = np.empty((len(X) + 1,) + start.shape)
        self.A[0] = start
        inputs = X @ self.Wx + self.b
        for t in range(len(X)):
            self.A[t + 1] = np.tanh(inputs[t] + self.A[t] @ self.Wa)
        return self

    def backprop(self, dA):
        """(T, m, n_a) -> gradients of inputs, start, weights and bias"""
        dZ = np.empty_like(self.A[1:])
        from_later = np.zeros_like(self.A[0])
        for t in range(len(dA) - 1, -1, -1):
            d = dA[t] + from_later
            dZ[t] = d * (1.0 - self.A[t + 1] ** 2)
            from_later = dZ[t] @ self.Wa.T
        dX = dZ @ self.Wx.T
        dWx = np.tensordot(dZ, self.X, axes=([0, 1], [0, 1]))
        dWa = np.tensordot(dZ, self.A[:-1], axes=([0, 1], [0, 1]))
        return dX, from_later, dWx, dWa, dZ.sum(axis=(0, 1)).reshape(-1, 1)


def output(A, parameters):
    return softmax(parameters["Wya"] @ A.T + parameters["by"])


def rnn_Cell(x_t, a_former, parameters):
    unroll = Run(parameters).unroll(x_t.T[None], a_former.T)
    return unroll.A[1].T, output(unroll.A[1], parameters), unroll


def RNN_forward(x, a0, parameters):
    unroll = Run(parameters).unroll(x.transpose(2, 1, 0), a0.T)
    a = unroll.A[1:].transpose(2, 1, 0)
    y = np.stack([output(A, parameters) for A in unroll.A[1:]], axis=2)
    return unroll, a, y


def rnn_cell_backward(d_next, cache):
    dX, d_start, dWam, dWaa, dba = cache.backprop(d_next.T[None])
    return {"dx_t": dX[0].T, "da_former": d_start.T, "dWam": dWam, "dWaa": dWaa, "dba": dba}


def RNN_backward(da, caches):
    dX, d_start, dWam, dWaa, dba = caches.backprop(da.transpose(2, 1, 0))
    return {"dx": dX.transpose(2, 1, 0), "da0": d_start.T, "dWam": dWam, "dWaa": dWaa, "dba": dba}
