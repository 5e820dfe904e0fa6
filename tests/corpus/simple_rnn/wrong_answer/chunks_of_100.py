# wrong: gradients flow only within chunks of 100 steps counted from the start.
# loses: backward
# needs: T>100: up to there everything is one chunk
import numpy as np


CHUNK = 100


def activation(a):
    return np.tanh(a)


def activation_grad(a):
    return 1.0 - activation(a) ** 2


def unroll(model, x):
    """Run the recurrence; pre-activations, states (with h_0 in front) and outputs."""
    pre, states, outs = [], [np.zeros(model.W_hh.shape[0])], []
    bh, by = model.b_h.ravel(), model.b_y.ravel()
    for xt in x:
        a = np.matmul(model.W_xh, xt) + np.matmul(model.W_hh, states[-1]) + bh
        pre.append(a)
        states.append(activation(a))
        outs.append(np.matmul(model.W_hy, states[-1]) + by)
    return pre, states, np.array(outs)


def gradient(model, x, y):
    pre, states, outs = unroll(model, x)
    error = outs - y
    d_xh = np.zeros(model.W_xh.shape)
    d_hh = np.zeros(model.W_hh.shape)
    d_bh = np.zeros(model.W_hh.shape[0])
    delta = np.zeros(model.W_hh.shape[0])
    for t in range(len(x) - 1, -1, -1):
        if (t + 1) % CHUNK == 0:
            delta = delta * 0.0
        delta = (error[t] @ model.W_hy + delta) * activation_grad(pre[t])
        d_xh += np.outer(delta, x[t])
        d_hh += np.outer(delta, states[t])
        d_bh += delta
        delta = delta @ model.W_hh
    d_hy = error.T @ np.array(states[1:])
    d_by = error.sum(axis=0)
    return d_xh, d_hh, d_hy, d_bh[:, None], d_by[:, None]


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        return unroll(self, x)[2].reshape(len(x), -1, 1)

    def backward(self, x, y, learning_rate):
        d_xh, d_hh, d_hy, d_bh, d_by = gradient(self, x, y)
        self.W_xh -= learning_rate * d_xh
        self.W_hh -= learning_rate * d_hh
        self.W_hy -= learning_rate * d_hy
        self.b_h -= learning_rate * d_bh
        self.b_y -= learning_rate * d_by
