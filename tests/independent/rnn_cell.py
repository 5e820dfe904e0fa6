"""rnn_cell without backpropagation: gradients are complex steps of sum(da * a), all at once.

As in simple_rnn.py beside this: every pre-activation is moved by i * STEP, in a copy of its own;
the columns of the batch do not meet, so one copy serves all of them.
"""

import numpy as np

STEP = 1e-100


def softmax(a):
    """a (n, m): 1 / sum_j e^(a_j - a_i), without any largest element."""
    return 1 / np.exp(a[:, None] - a[None]).sum(axis=0)


def states(x, a, p, moved):
    """a (n_a, m, T) of all copies, with moves (T, n_a, 1, copies) before tanh."""
    found = []
    for t in range(x.shape[2]):
        z = (p["Wam"] @ x[:, :, t] + p["ba"])[:, :, None] + moved[t]
        a = np.tanh(z + np.tensordot(p["Waa"], a, 1))
        found.append(a)
    return np.stack(found, axis=2)


def RNN_forward(x, a0, parameters):
    """All steps; the caches are the arguments as they were."""
    p = {name: value.copy() for name, value in parameters.items()}
    a = states(x, a0[:, :, None], p, np.zeros((x.shape[2], len(a0), 1, 1)))[..., 0]
    y = [softmax(np.tensordot(p["Wya"], a_t, 1) + p["by"]) for a_t in np.moveaxis(a, 2, 0)]
    return (x.copy(), a0.copy(), p), a, np.stack(y, axis=2)


def RNN_backward(da, caches):
    """Gradients of a sequence; those before tanh by complex steps, the rest by the chain rule."""
    x, a0, p = caches
    steps, units = x.shape[2], len(a0)
    moved = STEP * 1j * np.eye(steps * units).reshape(steps, units, 1, -1)
    a = states(x, a0[:, :, None].astype(complex), p, moved)
    d_z = np.einsum("umt,umtp->mp", da, a.imag / STEP).reshape(-1, steps, units)
    before = np.concatenate([a0[:, :, None], a[..., 0].real[:, :, :-1]], axis=2)
    return {
        "dx": np.einsum("ui,mtu->imt", p["Wam"], d_z),
        "da0": np.einsum("uv,mu->vm", p["Waa"], d_z[:, 0]),
        "dWam": np.einsum("mtu,imt->ui", d_z, x),
        "dWaa": np.einsum("mtu,vmt->uv", d_z, before),
        "dba": np.einsum("mtu->u", d_z)[:, None],
    }


def rnn_Cell(x_t, a_former, parameters):
    """A sequence of one step."""
    caches, a, y = RNN_forward(x_t[:, :, None], a_former, parameters)
    return a[:, :, 0], y[:, :, 0], caches


def rnn_cell_backward(d_next, cache):
    """The gradients of a sequence of one step."""
    found = RNN_backward(d_next[:, :, None], cache)
    found["dx_t"], found["da_former"] = found.pop("dx")[:, :, 0], found.pop("da0")
    return found
