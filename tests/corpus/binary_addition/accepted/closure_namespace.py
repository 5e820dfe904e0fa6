# BinaryAdder is a function: it returns a namespace whose functions close over it.
from types import SimpleNamespace

import numpy as np


def int2binary(n, binary_dim=8, *, check=True):
    bits = [(n >> (binary_dim - 1 - i)) & 1 for i in range(binary_dim)]
    if check and (n < 0 or sum(int(bit) << i for i, bit in enumerate(bits[::-1])) != n):
        raise ValueError("does not fit")
    return np.asarray(bits, dtype=np.uint8)


def BinaryAdder(input_dim=2, hidden_dim=8, output_dim=1):
    def draw(*shape):
        return 2 * np.random.random(shape) - 1

    me = SimpleNamespace()
    me.synapse_0 = draw(hidden_dim, input_dim)
    me.synapse_1 = draw(output_dim, hidden_dim)
    me.synapse_h = draw(hidden_dim, hidden_dim)

    def hidden(a, b):
        h = np.zeros((hidden_dim,))
        for x in zip(a[::-1], b[::-1]):
            h = 1 / (1 + np.exp(-(me.synapse_0 @ x + me.synapse_h @ h)))
            yield h

    def forward(a, b):
        return np.hstack([1 / (1 + np.exp(-me.synapse_1 @ h)) for h in hidden(a, b)])[::-1]

    def train_step(a, b, c, alpha=0.1):
        hs = np.vstack([np.zeros(hidden_dim), *hidden(a, b)])
        y = 1 / (1 + np.exp(-(hs[1:] @ me.synapse_1[0])))
        target = c[::-1].astype("f8")
        out = (y - target) * y * (1 - y)

        def chain(t):
            """Deltas of steps t and later, latest last."""
            if t == len(y):
                return []
            later = chain(t + 1)
            back = me.synapse_h.T @ later[0] if later else 0.0
            return [(me.synapse_1[0] * out[t] + back) * hs[t + 1] * (1 - hs[t + 1]), *later]

        deltas = np.array(chain(0))
        me.synapse_0, me.synapse_1, me.synapse_h = (
            me.synapse_0 - alpha * deltas.T @ np.stack([a, b], 1)[::-1],
            me.synapse_1 - alpha * out[None] @ hs[1:],
            me.synapse_h - alpha * deltas.T @ hs[:-1],
        )
        return np.where(y[::-1] > 0.5, 1.0, 0.0), sum(abs(target - y))

    me.forward, me.train_step = forward, train_step
    return me
