# wrong: weights already moved are used for earlier steps, no copies.
# loses: backward
"""A record array that grows holds the steps, last step first; weights move step by step."""
import numpy as np


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.sizes = input_size, hidden_size, output_size
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        vector = (float, (hidden_size, 1))
        self.kind = np.dtype(
            [(name, *vector) for name in ("old", "new", "r", "z", "n")]
            + [("x", float, (input_size, 1)), ("y", float, (output_size, 1))]
        )
        self.log = np.empty(1, self.kind).view(np.recarray)

    def forward(self, x):
        T = len(x)
        while len(self.log) < T:
            self.log = np.empty(2 * len(self.log), self.kind).view(np.recarray)
        log = self.log[:T][::-1]
        old = 0.0
        for t in range(T):
            now = log[t]
            now.x[:, 0] = x[t]
            now.old[...] = old
            gates = self.W_xh @ now.x + self.b_h
            gates[:2] += self.W_hh[:2] @ now.old
            np.reciprocal(1 + np.exp(-gates[0]), out=now.r)
            np.reciprocal(1 + np.exp(-gates[1]), out=now.z)
            np.tanh(gates[2] + self.W_hh[2] @ (now.r * now.old), out=now.n)
            now.new[...] = now.z * now.old + (1 - now.z) * now.n
            now.y[...] = self.W_hy @ now.new + self.b_y
            old = now.new
        return log.y

    def backward(self, x, y, learning_rate):
        W_hh, W_hy = self.W_hh, self.W_hy
        carry = np.zeros((self.sizes[1], 1))
        for now, target in zip(self.log[: len(x)], reversed(y)):
            miss = now.y - target[:, None]
            dh = carry + W_hy.T @ miss
            dn = dh * (1 - now.z) * (1 - now.n**2)
            d_reset = W_hh[2].T @ dn
            dz = dh * (now.old - now.n) * now.z * (1 - now.z)
            dr = d_reset * now.old * now.r * (1 - now.r)
            carry = dh * now.z + d_reset * now.r + W_hh[0].T @ dr + W_hh[1].T @ dz
            deltas = learning_rate * np.stack([dr, dz, dn])
            reads = np.stack([now.old, now.old, now.r * now.old])
            self.W_xh -= deltas * now.x.T
            self.W_hh -= deltas * reads.transpose(0, 2, 1)
            self.b_h -= deltas
            self.W_hy -= learning_rate * miss * now.new.T
            self.b_y -= learning_rate * miss
