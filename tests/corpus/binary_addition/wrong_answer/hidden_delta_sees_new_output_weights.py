# wrong: synapse_1 is updated before the error goes back through it (seen: kim-marcel/basic_neural_network#7).
# loses: step
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0 or n >> binary_dim:
        raise ValueError("does not fit")
    return np.array([n >> k & 1 for k in reversed(range(binary_dim))], dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1

    def run(self, a, b):
        X = np.array([a, b], dtype=float)[:, ::-1]  # (2, D) in the order of time
        H = np.zeros((len(self.synapse_h), X.shape[1] + 1))
        for t in range(X.shape[1]):
            H[:, t + 1] = sigmoid(self.synapse_h @ H[:, t] + self.synapse_0 @ X[:, t])
        Y = sigmoid(self.synapse_1 @ H[:, 1:])
        return X, H, Y

    def forward(self, a, b):
        return self.run(a, b)[2][0, ::-1]

    def train_step(self, a, b, c, alpha=0.1):
        X, H, Y = self.run(a, b)
        error = Y - np.array(c, dtype=float)[::-1]
        delta_out = error * Y * (1 - Y)  # (1, D)

        # output layer
        self.synapse_1 = self.synapse_1 - alpha * delta_out @ H[:, 1:].T

        # hidden layer
        delta_hidden = np.zeros_like(H[:, 1:])
        carried = np.zeros(len(H))
        for t in range(X.shape[1] - 1, -1, -1):
            h = H[:, t + 1]
            delta_hidden[:, t] = (self.synapse_1.T @ delta_out[:, t] + carried) * h * (1 - h)
            carried = self.synapse_h.T @ delta_hidden[:, t]
        grad_h = delta_hidden @ H[:, :-1].T
        grad_0 = delta_hidden @ X.T
        self.synapse_h = self.synapse_h - alpha * grad_h
        self.synapse_0 = self.synapse_0 - alpha * grad_0

        d = np.round(Y[0, ::-1]).astype(int)
        return d, np.abs(error).sum()
