# wrong: at the first step the state before is read at index -1, which is still zero, and a0 is ignored.
# loses: sequence_forward
import numpy as np


def softmax(v):
    with np.errstate(over="ignore"):
        w = np.exp(v - v.max(axis=0))
    return w / w.sum(axis=0)


def unpack(p, *names):
    return [p[n] for n in names]


def rnn_Cell(xt, a_prev, p):
    Wam, Waa, Wya, ba, by = unpack(p, "Wam", "Waa", "Wya", "ba", "by")
    a = np.tanh(Wam @ xt + Waa @ a_prev + ba)
    return a, softmax(Wya @ a + by), {"x": xt, "prev": a_prev, "a": a, "p": p}


def RNN_forward(x, a0, p):
    Wam, Waa, Wya, ba, by = unpack(p, "Wam", "Waa", "Wya", "ba", "by")
    inp = np.einsum("ai,imt->amt", Wam, x) + ba[:, :, None]
    a = np.zeros(inp.shape)
    for t in range(x.shape[2]):
        old = a[:, :, t - 1]
        a[:, :, t] = np.tanh(inp[:, :, t] + Waa @ old)
    scores = np.tensordot(Wya, a, axes=(1, 0)) + by[:, :, None]
    y = softmax(scores)
    return {"x": x, "a0": a0, "a": a.copy(), "p": p}, a, y


def rnn_cell_backward(d, c):
    Wam, Waa = unpack(c["p"], "Wam", "Waa")
    delta = d - d * c["a"] ** 2
    return dict(
        dx_t=Wam.T @ delta,
        da_former=Waa.T @ delta,
        dWam=delta @ c["x"].T,
        dWaa=delta @ c["prev"].T,
        dba=delta.sum(1, keepdims=True),
    )


def RNN_backward(da, c):
    Wam, Waa = unpack(c["p"], "Wam", "Waa")
    a = c["a"]
    d_tanh = 1 - a * a
    delta = np.zeros(a.shape)
    flow = np.zeros(a.shape[:2])
    for t in range(a.shape[2])[::-1]:
        delta[:, :, t] = d_tanh[:, :, t] * (da[:, :, t] + flow)
        flow = Waa.T @ delta[:, :, t]
    former = np.zeros(a.shape)
    former[:, :, 0] = c["a0"]
    former[:, :, 1:] = a[:, :, :-1]
    return dict(
        dx=np.tensordot(Wam.T, delta, axes=1),
        da0=flow,
        dWam=np.einsum("amt,imt->ai", delta, c["x"]),
        dWaa=np.einsum("amt,bmt->ab", delta, former),
        dba=delta.sum(axis=(1, 2)).reshape(-1, 1),
    )
