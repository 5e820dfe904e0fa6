# The weights are lists of lists behind properties whose setters call tolist(); NumPy only draws the numbers.
import math
import numpy


def rows(value):
    return numpy.asarray(value, dtype=float).tolist()


def weight(name):
    slot = '_' + name

    def get(self):
        return getattr(self, slot)

    def put(self, value):
        setattr(self, slot, rows(value))

    return property(get, put)


def dot(u, v):
    return sum(a * b for a, b in zip(u, v))


class SimpleRNN:
    W_xh = weight('W_xh')
    W_hh = weight('W_hh')
    W_hy = weight('W_hy')
    b_h = weight('b_h')
    b_y = weight('b_y')

    def __init__(self, input_size, hidden_size, output_size):
        draw = lambda m, n: [[numpy.random.randn() * 0.01 for _ in range(n)] for _ in range(m)]
        self.W_xh = draw(hidden_size, input_size)
        self.W_hh = draw(hidden_size, hidden_size)
        self.W_hy = draw(output_size, hidden_size)
        self.b_h = [[0.0] for _ in range(hidden_size)]
        self.b_y = [[0.0] for _ in range(output_size)]

    def forward(self, x):
        x = rows(x)
        h = [0.0] * len(self.b_h)
        self.hs = [h]
        self.ys = []
        for xt in x:
            h = [math.tanh(dot(a, xt) + dot(b, h) + c[0])
                 for a, b, c in zip(self.W_xh, self.W_hh, self.b_h)]
            self.hs.append(h)
            self.ys.append([dot(a, h) + c[0] for a, c in zip(self.W_hy, self.b_y)])
        return [[[v] for v in yt] for yt in self.ys]

    def backward(self, x, y, learning_rate):
        x, y = rows(x), rows(y)
        zero = lambda W: [[0.0] * len(W[0]) for _ in W]
        g = {n: zero(getattr(self, n)) for n in ('W_xh', 'W_hh', 'W_hy', 'b_h', 'b_y')}

        def add_outer(G, u, v):
            for row, a in zip(G, u):
                for j, b in enumerate(v):
                    row[j] += a * b

        columns_hy = list(zip(*self.W_hy))
        columns_hh = list(zip(*self.W_hh))
        carry = [0.0] * len(self.b_h)
        for t in reversed(range(len(x))):
            e = [p - q for p, q in zip(self.ys[t], y[t])]
            h, before = self.hs[t + 1], self.hs[t]
            da = [(dot(col, e) + c) * (1 - v * v) for col, c, v in zip(columns_hy, carry, h)]
            add_outer(g['W_hy'], e, h)
            add_outer(g['b_y'], e, [1.0])
            add_outer(g['W_xh'], da, x[t])
            add_outer(g['W_hh'], da, before)
            add_outer(g['b_h'], da, [1.0])
            carry = [dot(col, da) for col in columns_hh]
        for n, G in g.items():
            setattr(self, n, [[w - learning_rate * d for w, d in zip(r, s)]
                              for r, s in zip(getattr(self, n), G)])
