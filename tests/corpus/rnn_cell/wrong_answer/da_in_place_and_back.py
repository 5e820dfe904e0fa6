# wrong: the carried gradient is added into da in place and subtracted again: da changes by rounding.
# loses: conduct
import numpy as np
def softmax(a):
    e = np.exp(a - a.max(0)); return e / e.sum(0)
def rnn_Cell(x_t, a_former, parameters):
    p = parameters
    a = np.tanh(p["Wam"] @ x_t + p["Waa"] @ a_former + p["ba"])
    return a, softmax(p["Wya"] @ a + p["by"]), (a, a_former, x_t, p)
def RNN_forward(x, a0, parameters):
    a, A, Y, C = a0, [], [], []
    for t in range(x.shape[2]):
        a, y, c = rnn_Cell(x[:, :, t], a, parameters)
        A.append(a); Y.append(y); C.append(c)
    return C, np.stack(A, 2), np.stack(Y, 2)
def rnn_cell_backward(d_next, cache):
    a, former, x, p = cache
    dz = (1 - a * a) * d_next
    return {"dx_t": p["Wam"].T @ dz, "da_former": p["Waa"].T @ dz, "dWam": dz @ x.T, "dWaa": dz @ former.T, "dba": dz.sum(1, keepdims=True)}
def RNN_backward(da, caches):
    total, carry, dx = None, 0, []
    for t in reversed(range(da.shape[2])):
        g = rnn_cell_backward(da[:, :, t] + carry, caches[t])
        carry = g["da_former"]; dx.append(g["dx_t"])
        total = {k: g[k] + (total[k] if total else 0) for k in ("dWam", "dWaa", "dba")}
    return {"dx": np.stack(dx[::-1], 2), "da0": carry, **total}
def RNN_backward(da, caches):
    total, carry, dx = None, np.zeros(da.shape[:2]), []
    for t in reversed(range(da.shape[2])):
        da[:, :, t] += carry; g = rnn_cell_backward(da[:, :, t], caches[t]); da[:, :, t] -= carry
        carry = g["da_former"]; dx.append(g["dx_t"])
        total = {k: g[k] + (total[k] if total else 0) for k in ("dWam", "dWaa", "dba")}
    return {"dx": np.stack(dx[::-1], 2), "da0": carry, **total}
