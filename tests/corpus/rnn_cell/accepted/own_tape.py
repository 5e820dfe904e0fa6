# A small tape of array operations; the cache is the tape's output and its leaves.
import numpy as np


class Node:
    def __init__(self, value, parents=()):
        self.value, self.parents = value, parents

    def __matmul__(self, other):
        return Node(
            self.value @ other.value,
            [(self, lambda g: g @ other.value.T), (other, lambda g: self.value.T @ g)],
        )

    def __add__(self, other):
        return Node(
            self.value + other.value,
            [(self, lambda g: fold(g, self.value)), (other, lambda g: fold(g, other.value))],
        )

    def tanh(self):
        out = np.tanh(self.value)
        return Node(out, [(self, lambda g: g * (1 - out * out))])


def fold(gradient, like):
    if gradient.shape != like.shape:
        gradient = gradient.sum(axis=1, keepdims=True)
    return gradient


def pull(seeds):
    """seeds: list of (node, gradient) -> dict id(node) -> gradient."""
    order, seen, stack = [], set(), [(n, False) for n, _ in seeds]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((p, False) for p, _ in node.parents)
    gradients = {id(n): np.zeros_like(n.value) for n in order}
    for node, seed in seeds:
        gradients[id(node)] = gradients[id(node)] + seed
    for node in reversed(order):
        for parent, rule in node.parents:
            gradients[id(parent)] = gradients[id(parent)] + rule(gradients[id(node)])
    return gradients


def softmax(a):
    e = np.exp(a - a.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def leaves(parameters):
    return {k: Node(parameters[k]) for k in ("Wam", "Waa", "ba")}


def advance(x, a, w):
    return (w["Wam"] @ x + w["Waa"] @ a + w["ba"]).tanh()


def rnn_Cell(x_t, a_former, parameters):
    w, x, a = leaves(parameters), Node(x_t), Node(a_former)
    out = advance(x, a, w)
    y = softmax(parameters["Wya"] @ out.value + parameters["by"])
    return out.value, y, (w, x, a, out)


def RNN_forward(x, a0, parameters):
    w, first = leaves(parameters), Node(a0)
    xs = [Node(x[:, :, t]) for t in range(x.shape[2])]
    states = [first]
    for node in xs:
        states.append(advance(node, states[-1], w))
    a = np.stack([s.value for s in states[1:]], axis=2)
    y = np.stack(
        [softmax(parameters["Wya"] @ s.value + parameters["by"]) for s in states[1:]], axis=2
    )
    return (w, xs, states), a, y


def rnn_cell_backward(d_next, cache):
    w, x, a, out = cache
    g = pull([(out, d_next)])
    return {
        "dx_t": g[id(x)], "da_former": g[id(a)],
        "dWam": g[id(w["Wam"])], "dWaa": g[id(w["Waa"])], "dba": g[id(w["ba"])],
    }


def RNN_backward(da, caches):
    w, xs, states = caches
    g = pull([(s, da[:, :, t]) for t, s in enumerate(states[1:])])
    return {
        "dx": np.stack([g[id(x)] for x in xs], axis=2), "da0": g[id(states[0])],
        "dWam": g[id(w["Wam"])], "dWaa": g[id(w["Waa"])], "dba": g[id(w["ba"])],
    }
