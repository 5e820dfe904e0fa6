# wrong: append returns None and replaces the list of states.
# loses: forward
import numpy as np

class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size

        # weights
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01

        # biases
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.hidden_states = [np.zeros((self.hidden_size, 1))]
        self.outputs = []
        for t in range(x.shape[0]):
            x_t = x[t].reshape(self.input_size, 1)
            h_t = np.tanh(np.dot(self.W_xh, x_t) + np.dot(self.W_hh, self.hidden_states[-1]) + self.b_h)
            y_t = np.dot(self.W_hy, h_t) + self.b_y
            self.hidden_states = self.hidden_states.append(h_t)
            self.outputs.append(y_t)
        return np.stack(self.outputs, axis=0)

    def backward(self, x, y, learning_rate):
        T = x.shape[0]
        dW_xh = np.zeros(self.W_xh.shape)
        dW_hh = np.zeros(self.W_hh.shape)
        dW_hy = np.zeros(self.W_hy.shape)
        db_h = np.zeros(self.b_h.shape)
        db_y = np.zeros(self.b_y.shape)
        dh_next = np.zeros((self.hidden_size, 1))

        for t in reversed(range(T)):
            # output layer
            dy = self.outputs[t] - y[t].reshape(self.output_size, 1)
            dW_hy += np.dot(dy, self.hidden_states[t + 1].T)
            db_y += dy

            # hidden layer
            dh = np.dot(self.W_hy.T, dy) + dh_next
            dz = dh * (1 - self.hidden_states[t + 1] ** 2)
            dW_xh += np.dot(dz, x[t].reshape(1, self.input_size))
            dW_hh += np.dot(dz, self.hidden_states[t].T)
            db_h += dz
            dh_next = np.dot(self.W_hh.T, dz)

        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
