# wrong: the units of the state before are added up without W_hh (seen: goml/gobrain#10).
# loses: forward
import math

import numpy as np


class SimpleRNN:
    def __init__(self, n_inputs, n_hiddens, n_outputs):
        self.n_inputs, self.n_hiddens, self.n_outputs = n_inputs, n_hiddens, n_outputs
        self.W_xh = np.random.randn(n_hiddens, n_inputs) * 0.01
        self.W_hh = np.random.randn(n_hiddens, n_hiddens) * 0.01
        self.W_hy = np.random.randn(n_outputs, n_hiddens) * 0.01
        self.b_h = np.zeros((n_hiddens, 1))
        self.b_y = np.zeros((n_outputs, 1))

    def forward(self, x):
        contexts = [0.0] * self.n_hiddens
        self.hiddens = [np.array(contexts)]
        self.outputs = []
        for row in x:
            activations = []
            for i in range(self.n_hiddens):
                total = self.b_h[i, 0]
                for j in range(self.n_inputs):
                    total += row[j] * self.W_xh[i, j]
                # compute contexts sum
                for k in range(self.n_hiddens):
                    total += contexts[k]
                activations.append(math.tanh(total))
            contexts = activations
            self.hiddens.append(np.array(activations))
            self.outputs.append(self.W_hy @ self.hiddens[-1] + self.b_y[:, 0])
        return np.array(self.outputs).reshape(len(x), self.n_outputs, 1)

    def backward(self, x, y, learning_rate):
        dW_xh, dW_hh, dW_hy = (np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy))
        db_h, db_y = np.zeros(self.n_hiddens), np.zeros(self.n_outputs)
        deltas = np.zeros(self.n_hiddens)
        for t in range(len(x) - 1, -1, -1):
            error = self.outputs[t] - y[t]
            h = self.hiddens[t + 1]
            deltas = (self.W_hy.T @ error + self.W_hh.T @ deltas) * (1 - h * h)
            dW_hy += np.outer(error, h)
            dW_hh += np.outer(deltas, self.hiddens[t])
            dW_xh += np.outer(deltas, x[t])
            db_h += deltas
            db_y += error
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h[:, 0] -= learning_rate * db_h
        self.b_y[:, 0] -= learning_rate * db_y
