# No NumPy arithmetic at all: nested lists, three loops, math.tanh and math.exp.
import math


def zeros(rows, columns):
    return [[0.0] * columns for _ in range(rows)]


def product(A, B):
    result = zeros(len(A), len(B[0]))
    for i in range(len(A)):
        for j in range(len(B[0])):
            total = 0.0
            for k in range(len(B)):
                total += A[i][k] * B[k][j]
            result[i][j] = total
    return result


def transposed(A):
    return [[A[i][j] for i in range(len(A))] for j in range(len(A[0]))]


def softmax(a):
    a = [[float(v) for v in row] for row in a]
    result = zeros(len(a), len(a[0]))
    for j in range(len(a[0])):
        largest = max(a[i][j] for i in range(len(a)))
        powers = [math.exp(a[i][j] - largest) for i in range(len(a))]
        total = sum(powers)
        for i in range(len(a)):
            result[i][j] = powers[i] / total
    return result


def step(x_t, a_former, p):
    from_x = product(p["Wam"], x_t)
    from_a = product(p["Waa"], a_former)
    n_a, m = len(p["ba"]), len(x_t[0])
    a_now = [
        [math.tanh(from_x[i][j] + from_a[i][j] + p["ba"][i][0]) for j in range(m)]
        for i in range(n_a)
    ]
    logits = product(p["Wya"], a_now)
    for i in range(len(logits)):
        for j in range(m):
            logits[i][j] += p["by"][i][0]
    return a_now, softmax(logits), (x_t, a_former, a_now, p["Wam"], p["Waa"])


def as_lists(parameters):
    return {name: parameters[name].tolist() for name in parameters}


def rnn_Cell(x_t, a_former, parameters):
    return step(x_t.tolist(), a_former.tolist(), as_lists(parameters))


def RNN_forward(x, a0, parameters):
    p = as_lists(parameters)
    a_t = a0.tolist()
    n_x, m, T = x.shape
    x = x.tolist()
    caches, states, outputs = [], [], []
    for t in range(T):
        x_t = [[x[i][j][t] for j in range(m)] for i in range(n_x)]
        a_t, y_t, cache = step(x_t, a_t, p)
        caches.append(cache)
        states.append(a_t)
        outputs.append(y_t)
    return caches, time_last(states), time_last(outputs)


def time_last(steps):
    return [
        [[step[i][j] for step in steps] for j in range(len(steps[0][0]))]
        for i in range(len(steps[0]))
    ]


def step_backward(d_next, cache):
    x_t, a_former, a_now, Wam, Waa = cache
    n_a, m = len(a_now), len(a_now[0])
    d_z = [[(1 - a_now[i][j] ** 2) * d_next[i][j] for j in range(m)] for i in range(n_a)]
    return {
        "dx_t": product(transposed(Wam), d_z),
        "da_former": product(transposed(Waa), d_z),
        "dWam": product(d_z, transposed(x_t)),
        "dWaa": product(d_z, transposed(a_former)),
        "dba": [[sum(row)] for row in d_z],
    }


def rnn_cell_backward(d_next, cache):
    return step_backward(d_next.tolist(), cache)


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    da = da.tolist()
    carried = zeros(n_a, m)
    total = None
    dx = [None] * T
    for t in range(T - 1, -1, -1):
        d = [[da[i][j][t] + carried[i][j] for j in range(m)] for i in range(n_a)]
        g = step_backward(d, caches[t])
        dx[t] = g["dx_t"]
        carried = g["da_former"]
        if total is None:
            total = {k: g[k] for k in ("dWam", "dWaa", "dba")}
        else:
            for k in total:
                total[k] = [
                    [u + v for u, v in zip(r, s)] for r, s in zip(total[k], g[k])
                ]
    return {"dx": time_last(dx), "da0": carried, **total}
