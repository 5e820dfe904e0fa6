"""Gradients as products of what was collected over time: rows of states, errors and deltas."""

from tests.styles.compose import lines

PRODUCTS = {
    "after_at": "{D}.T @ {X}",
    "after_dot": "np.dot({D}.T, {X})",
    "after_einsum": "np.einsum('ti,tj->ij', {D}, {X})",
    "after_tensordot": "np.tensordot({D}, {X}, (0, 0))",
    "after_broadcast": "({D}[:, :, None] * {X}[:, None, :]).sum(axis=0)",
    "after_outer": "sum(np.outer(p, q) for p, q in zip({D}, {X}))",
    "after_joined": "{D}.T @ {X}",
}


def text(way, net, series):
    """The lines of that way; series: the text of D, E, N (states) and P (states before) at t."""
    rows = "{} = np.array([{} for t in range(T)]).reshape(T, -1)"
    made = [rows.format(letter, at_t) for letter, at_t in series.items()]
    if way == "after_joined" and net.bias:
        return lines(*made, _joined(net))
    product = PRODUCTS[way]
    parts = {
        net.into: product.format(D="D", X="x"),
        net.recurrent: product.format(D="D", X="P"),
        net.out: product.format(D="E", X="N"),
        net.bias: "D.sum(axis=0)[:, None]",
        net.bias_out: "E.sum(axis=0)[:, None]",
    }
    given = [f"grads['{name}'] = {part}" for name, part in parts.items() if name]
    return lines(*made, "grads = {}", *given)


def _joined(net):
    """With inputs, states and ones side by side, split afterwards."""
    names = (net.into, net.recurrent, net.bias)
    return f"""
G = D.T @ np.hstack([x, P, np.ones((T, 1))])
grads = dict(zip({names}, np.split(G, [x.shape[1], x.shape[1] + H], axis=1)))
G = E.T @ np.c_[N, np.ones(T)]
grads['{net.out}'], grads['{net.bias_out}'] = G[:, :-1], G[:, -1:]
"""
