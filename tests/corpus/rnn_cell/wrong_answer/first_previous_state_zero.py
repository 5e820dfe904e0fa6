# wrong: the array of previous states has zeros instead of a0 at the first step.
# loses: sequence_backward
import numpy as np


def softmax(v):
    with np.errstate(over="ignore"):
        w = np.exp(v - v.max(axis=0))
    return w / w.sum(axis=0)


def _pick(p, *names):
    return [p[n] for n in names]


def rnn_Cell(xt, a_prev, p):
    Wam, Waa, Wya, ba, by = _pick(p, "Wam", "Waa", "Wya", "ba", "by")
    a = np.tanh(Wam @ xt + Waa @ a_prev + ba)
    return a, softmax(Wya @ a + by), {"x": xt, "prev": a_prev, "a": a, "p": p}


def RNN_forward(x, a0, p):
    Wam, Waa, Wya, ba, by = _pick(p, "Wam", "Waa", "Wya", "ba", "by")
    drive = np.einsum("ai,imt->amt", Wam, x) + ba[:, :, None]
    a = np.empty(drive.shape)
    for t in range(x.shape[2]):
        before = a[:, :, t - 1] if t > 0 else a0
        a[:, :, t] = np.tanh(drive[:, :, t] + Waa @ before)
    scores = np.tensordot(Wya, a, axes=(1, 0)) + by[:, :, None]
    y = softmax(scores)
    return {"x": x, "a0": a0, "a": a.copy(), "p": p}, a, y


def rnn_cell_backward(d, c):
    Wam, Waa = _pick(c["p"], "Wam", "Waa")
    dz = d - d * c["a"] ** 2
    return dict(
        dx_t=Wam.T @ dz,
        da_former=Waa.T @ dz,
        dWam=dz @ c["x"].T,
        dWaa=dz @ c["prev"].T,
        dba=dz.sum(1, keepdims=True),
    )


def RNN_backward(da, c):
    Wam, Waa = _pick(c["p"], "Wam", "Waa")
    a = c["a"]
    slope = 1 - a * a
    dz = np.zeros(a.shape)
    back = np.zeros(a.shape[:2])
    for t in range(a.shape[2])[::-1]:
        dz[:, :, t] = slope[:, :, t] * (da[:, :, t] + back)
        back = Waa.T @ dz[:, :, t]
    prev = np.zeros(a.shape)
    prev[:, :, 1:] = a[:, :, :-1]
    return dict(
        dx=np.tensordot(Wam.T, dz, axes=1),
        da0=back,
        dWam=np.einsum("amt,imt->ai", dz, c["x"]),
        dWaa=np.einsum("amt,bmt->ab", dz, prev),
        dba=dz.sum(axis=(1, 2)).reshape(-1, 1),
    )
