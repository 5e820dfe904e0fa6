# A little autograd on arrays: each operation returns its value and a closure that pushes gradients back.
import numpy as np


class Var:
    def __init__(self, data, parents=()):
        self.data, self.parents, self.grad = data, parents, 0.0

    def __add__(self, other):
        return Var(self.data + other.data, [(self, lambda g: g), (other, lambda g: g)])

    def __matmul__(self, other):
        return Var(self.data @ other.data,
                   [(self, lambda g: g @ other.data.T), (other, lambda g: self.data.T @ g)])

    def sigmoid(self):
        s = 1.0 / (1.0 + np.exp(-self.data))
        return Var(s, [(self, lambda g: g * s * (1.0 - s))])

    def backward(self, seed):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent, _ in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = seed
        for node in reversed(order):
            for parent, push in node.parents:
                parent.grad = parent.grad + push(node.grad)


def int2binary(n, binary_dim=8):
    text = bin(n)[2:] if n >= 0 else "-"
    if text == "-" or len(text) > binary_dim:
        raise ValueError("cannot write %r with %d bits" % (n, binary_dim))
    return np.frombuffer(text.zfill(binary_dim).encode(), dtype=np.uint8) - ord("0")


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = np.random.uniform(size=(hidden_dim, input_dim)) * 2 - 1
        self.synapse_1 = np.random.uniform(size=(output_dim, hidden_dim)) * 2 - 1
        self.synapse_h = np.random.uniform(size=(hidden_dim, hidden_dim)) * 2 - 1

    def _build(self, a, b):
        w0, w1, wh = Var(self.synapse_0), Var(self.synapse_1), Var(self.synapse_h)
        h = Var(np.zeros((len(self.synapse_h), 1)))
        outputs = []
        for bits in np.array([a, b], float).T[::-1]:
            h = (wh @ h + w0 @ Var(bits[:, None])).sigmoid()
            outputs.append((w1 @ h).sigmoid())
        return (w0, w1, wh), outputs

    def forward(self, a, b):
        return np.array([o.data[0, 0] for o in self._build(a, b)[1]])[::-1]

    def train_step(self, a, b, c, alpha=0.1):
        weights, outputs = self._build(a, b)
        y = np.array([o.data[0, 0] for o in outputs])[::-1]
        total = Var(None, [(o, lambda g, o=o, t=t: o.data - float(t)) for o, t in zip(outputs, c[::-1])])
        total.backward(1.0)
        for name, w in zip(("synapse_0", "synapse_1", "synapse_h"), weights):
            setattr(self, name, w.data - alpha * w.grad)
        return (y > 0.5) * 1, np.sum(np.absolute(c - y))
