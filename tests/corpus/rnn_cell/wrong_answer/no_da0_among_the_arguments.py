# wrong: the gradient of the first state is not among what is returned.
# loses: sequence_backward
import numpy as np
def softmax(a):
    a = a - a.max(axis=0, keepdims=True)
    return np.exp(a) / np.exp(a).sum(axis=0)
def rnn_Cell(x_t, a_former, parameters):
    Wam, Waa, Wya, ba, by = (parameters[k] for k in ("Wam", "Waa", "Wya", "ba", "by"))
    z = np.concatenate([Waa, Wam], axis=1) @ np.concatenate([a_former, x_t], axis=0) + ba
    a_now = np.tanh(z)
    y_now = softmax(Wya @ a_now + by)
    return a_now, y_now, dict(a_now=a_now, a_former=a_former, x_t=x_t, parameters=parameters)
def RNN_forward(x, a0, parameters):
    T = x.shape[-1]
    caches, A, Y = [], [], []
    a = a0
    for t in range(T):
        a, y, cache = rnn_Cell(x[..., t], a, parameters)
        caches.append(cache); A.append(a); Y.append(y)
    return caches, np.stack(A, axis=-1), np.stack(Y, axis=-1)
def rnn_cell_backward(d_next, cache):
    p = cache["parameters"]
    dz = (1 - cache["a_now"] ** 2) * d_next
    return dict(dx_t=p["Wam"].T @ dz, da_former=p["Waa"].T @ dz, dWam=dz @ cache["x_t"].T, dWaa=dz @ cache["a_former"].T, dba=np.sum(dz, axis=1, keepdims=True))
def RNN_backward(da, caches):
    d = np.zeros_like(da[..., 0])
    tot = {}
    dx = []
    for t in range(da.shape[-1])[::-1]:
        g = rnn_cell_backward(d + da[..., t], caches[t])
        d = g["da_former"]
        dx.insert(0, g["dx_t"])
        for k in ("dWam", "dWaa", "dba"):
            tot[k] = tot.get(k, 0) + g[k]
    return dict(dx=np.stack(dx, -1), **tot)
