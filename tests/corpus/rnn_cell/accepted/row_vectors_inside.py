# Samples as rows inside, transposed on the way in and out; time first.
import numpy as np


def softmax_rows(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax(a):
    return softmax_rows(a.T).T


def step(x, h, p):
    return np.tanh(x @ p["Wam"].T + h @ p["Waa"].T + p["ba"].T)


def rnn_Cell(x_t, a_former, parameters):
    h = step(x_t.T, a_former.T, parameters)
    y = softmax_rows(h @ parameters["Wya"].T + parameters["by"].T)
    return h.T, y.T, {"x": x_t.T, "h_in": a_former.T, "h_out": h, "p": parameters}


def RNN_forward(x, a0, parameters):
    X = np.ascontiguousarray(x.transpose(2, 1, 0))
    H = np.zeros((len(X) + 1, *a0.T.shape))
    H[0] = a0.T
    for t, x_t in enumerate(X):
        H[t + 1] = step(x_t, H[t], parameters)
    Y = softmax_rows(H[1:] @ parameters["Wya"].T + parameters["by"].T)
    return {"X": X, "H": H, "p": parameters}, H[1:].transpose(2, 1, 0), Y.transpose(2, 1, 0)


def rnn_cell_backward(d_next, cache):
    d = d_next.T * (1 - cache["h_out"] ** 2)
    return {
        "dx_t": (d @ cache["p"]["Wam"]).T,
        "da_former": (d @ cache["p"]["Waa"]).T,
        "dWam": d.T @ cache["x"],
        "dWaa": d.T @ cache["h_in"],
        "dba": d.sum(axis=0)[:, None],
    }


def RNN_backward(da, caches):
    X, H, p = caches["X"], caches["H"], caches["p"]
    D = da.transpose(2, 1, 0).copy()
    for t in range(len(X) - 1, -1, -1):
        D[t] *= 1 - H[t + 1] ** 2
        if t > 0:
            D[t - 1] += D[t] @ p["Waa"]
    return {
        "dx": (D @ p["Wam"]).transpose(2, 1, 0),
        "da0": (D[0] @ p["Waa"]).T,
        "dWam": np.tensordot(D, X, axes=([0, 1], [0, 1])),
        "dWaa": np.tensordot(D, H[:-1], axes=([0, 1], [0, 1])),
        "dba": D.sum(axis=(0, 1)).reshape(-1, 1),
    }
