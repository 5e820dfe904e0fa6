# accepted: loops over lists, no NumPy at all.
import math


def product(matrix, vector):
    return [math.fsum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def gates(x, h, p):
    W, U, b = (p[name].tolist() for name in ("W", "U", "b"))

    def before(gate, state):
        parts = (product(W[gate], x), product(U[gate], state), b[gate])
        return [math.fsum(terms) for terms in zip(*parts, strict=True)]

    z = [1 / (1 + math.exp(-a)) for a in before(0, h)]
    r = [1 / (1 + math.exp(-a)) for a in before(1, h)]
    reset = [a * b for a, b in zip(r, h, strict=True)]
    return z, r, [math.tanh(a) for a in before(2, reset)], reset


def gru_cell(x_t, h_prev, parameters):
    h = h_prev.tolist()
    z, _, n, _ = gates(x_t.tolist(), h, parameters)
    return [(1 - z[k]) * n[k] + z[k] * h[k] for k in range(len(h))]


def gru_backward(d_h, x_t, h_prev, parameters):
    x, h, d = x_t.tolist(), h_prev.tolist(), d_h.tolist()
    W, U = (parameters[name].tolist() for name in ("W", "U"))
    units, (z, r, n, reset) = range(len(h)), gates(x, h, parameters)
    d_n = [d[k] * (1 - z[k]) * (1 - n[k] ** 2) for k in units]
    back = product(list(zip(*U[2], strict=True)), d_n)
    d_z = [d[k] * (h[k] - n[k]) * z[k] * (1 - z[k]) for k in units]
    d_r = [back[k] * h[k] * r[k] * (1 - r[k]) for k in units]
    db = [d_z, d_r, d_n]
    through = [product(list(zip(*U[g], strict=True)), db[g]) for g in (0, 1)]
    of_x = [product(list(zip(*W[g], strict=True)), db[g]) for g in range(3)]
    return {
        "dx_t": [sum(terms) for terms in zip(*of_x, strict=True)],
        "dh_prev": [d[k] * z[k] + back[k] * r[k] + through[0][k] + through[1][k] for k in units],
        "dW": [[[e * value for value in x] for e in errors] for errors in db],
        "dU": [
            [[e * value for value in state] for e in errors]
            for errors, state in zip(db, (h, h, reset), strict=True)
        ],
        "db": db,
    }
