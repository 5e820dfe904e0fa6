# Gradients of sum(d * a) by the complex step, one derivative at a time, exact to rounding.
import numpy as np

H = 1e-200


def softmax(a):
    e = np.exp(a - a.max(axis=0))
    return e / e.sum(axis=0)


def ctanh(z):
    """tanh of a real number with an infinitesimal imaginary part."""
    t = np.tanh(z.real)
    return t + 1j * z.imag * (1 - t * t)


def rnn_Cell(x_t, a_former, parameters):
    a_now = np.tanh(parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"])
    return a_now, softmax(parameters["Wya"] @ a_now + parameters["by"]), (x_t, a_former, parameters)


def RNN_forward(x, a0, parameters):
    a, y, caches = [a0], [], []
    for t in range(x.shape[2]):
        a_t, y_t, cache = rnn_Cell(x[:, :, t], a[t], parameters)
        a.append(a_t)
        y.append(y_t)
        caches.append(cache)
    return caches, np.stack(a[1:], 2), np.stack(y, 2)


def rnn_cell_backward(d_next, cache):
    x_t, a_former, p = cache
    Wam, Waa = p["Wam"], p["Waa"]
    z = Wam @ x_t + Waa @ a_former + p["ba"]
    slope = ctanh(z + 1j * H).imag / H  # every element depends on its own z only
    d = slope * d_next
    return {
        "dx_t": Wam.T @ d, "da_former": Waa.T @ d, "dWam": d @ x_t.T, "dWaa": d @ a_former.T,
        "dba": d.sum(axis=1)[:, None],
    }


def RNN_backward(da, caches):
    carried = np.zeros(da.shape[:2])
    steps = {}
    for t in range(da.shape[2])[::-1]:
        steps[t] = rnn_cell_backward(da[:, :, t] + carried, caches[t])
        carried = steps[t]["da_former"]
    total = lambda k: sum(steps[t][k] for t in steps)
    return {
        "dx": np.stack([steps[t]["dx_t"] for t in range(len(steps))], axis=2),
        "da0": carried, "dWam": total("dWam"), "dWaa": total("dWaa"), "dba": total("dba"),
    }
