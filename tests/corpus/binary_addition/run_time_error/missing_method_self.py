# wrong: the method hidden is called as a plain function, self. is missing, NameError.
import numpy as np

def int2binary(n, binary_dim=8):
    if n < 0:
        raise ValueError("negative numbers do not fit")
    rest = int(n)
    bits = []
    while len(bits) < binary_dim:
        rest, bit = divmod(rest, 2)
        bits.insert(0, bit)
    if rest != 0:
        raise ValueError("too large for that many bits")
    return np.array(bits, dtype="uint8")


def sigmoid(v):
    return np.reciprocal(1.0 + np.exp(-v))


def get_input(a, b, i):
    col = np.empty((2, 1))
    col[0, 0] = a[i]
    col[1, 0] = b[i]
    return col


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.input_dim = input_dim
        self.hidden_dim = hidden_dim
        self.output_dim = output_dim
        self.synapse_0 = np.random.random((hidden_dim, input_dim)) * 2 - 1
        self.synapse_1 = np.random.random((output_dim, hidden_dim)) * 2 - 1
        self.synapse_h = np.random.random((hidden_dim, hidden_dim)) * 2 - 1

    def hidden(self, x, h_prev):
        return sigmoid(np.matmul(self.synapse_0, x) + np.matmul(self.synapse_h, h_prev))

    def output(self, hidden):
        return sigmoid(np.matmul(self.synapse_1, hidden))

    def forward(self, a, b):
        D = a.size
        self.layer_1 = {D: np.zeros((self.hidden_dim, 1))}   # key: position in the array
        self.layer_2 = {}
        for i in range(D - 1, -1, -1):
            self.layer_1[i] = hidden(get_input(a, b, i), self.layer_1[i + 1])
            self.layer_2[i] = self.output(self.layer_1[i])
        return [self.layer_2[i].item() for i in range(D)]

    def train_step(self, a, b, c, alpha=0.1):
        outputs = self.forward(a, b)
        D = a.size

        total = 0
        d = np.zeros(D, dtype=np.uint8)
        for i in range(D):
            total = total + abs(outputs[i] - float(c[i]))
            d[i] = 1 if outputs[i] > 0.5 else 0

        grad_0 = np.zeros((self.hidden_dim, self.input_dim))
        grad_1 = np.zeros((self.output_dim, self.hidden_dim))
        grad_h = np.zeros((self.hidden_dim, self.hidden_dim))
        dh_next = np.zeros((self.hidden_dim, 1))
        for i in range(D):
            delta_2 = (self.layer_2[i] - c[i]) * self.layer_2[i] * (1 - self.layer_2[i])
            delta_1 = np.matmul(self.synapse_1.T, delta_2) + dh_next
            delta_1 = delta_1 * self.layer_1[i] * (1 - self.layer_1[i])
            grad_1 = grad_1 + np.matmul(delta_2, self.layer_1[i].T)
            grad_h = grad_h + np.matmul(delta_1, self.layer_1[i + 1].T)
            grad_0 = grad_0 + np.matmul(delta_1, get_input(a, b, i).T)
            dh_next = np.matmul(self.synapse_h.T, delta_1)

        self.synapse_0 = self.synapse_0 - alpha * grad_0
        self.synapse_1 = self.synapse_1 - alpha * grad_1
        self.synapse_h = self.synapse_h - alpha * grad_h
        return d, total
