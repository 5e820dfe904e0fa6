# wrong: gradient of the former state computed but not taken.
# loses: backward
import numpy as np

PARAMETER = ['W_xh', 'W_hh', 'W_hy', 'b_h', 'b_y']


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def schritt(self, x_t, h_alt):
        Wr, Wz, Wn = self.W_xh
        Ur, Uz, Un = self.W_hh
        br, bz, bn = self.b_h
        r = sigmoid(Wr @ x_t + Ur @ h_alt + br)
        z = sigmoid(Wz @ x_t + Uz @ h_alt + bz)
        n = np.tanh(Wn @ x_t + Un @ (r * h_alt) + bn)
        h = (1 - z) * n + z * h_alt
        y = self.W_hy @ h + self.b_y
        return {'x': x_t, 'h_alt': h_alt, 'r': r, 'z': z, 'n': n, 'h': h, 'y': y}

    def forward(self, x):
        h = np.zeros((self.W_hh.shape[1], 1))
        self.speicher = []
        for x_t in x:
            s = self.schritt(x_t[:, np.newaxis], h)
            self.speicher.append(s)
            h = s['h']
        return np.stack([s['y'] for s in self.speicher])

    def schritt_zurueck(self, s, dh, g):
        Ur, Uz, Un = self.W_hh
        dn = dh * (1 - s['z'])
        dan = dn * (1 - s['n'] ** 2)
        dz = dh * (s['h_alt'] - s['n'])
        daz = dz * s['z'] * (1 - s['z'])
        drh = Un.T @ dan
        dr = drh * s['h_alt']
        dar = dr * s['r'] * (1 - s['r'])
        for k, da in enumerate((dar, daz, dan)):
            g['W_xh'][k] += da @ s['x'].T
            g['b_h'][k] += da
        g['W_hh'][0] += dar @ s['h_alt'].T
        g['W_hh'][1] += daz @ s['h_alt'].T
        g['W_hh'][2] += dan @ (s['r'] * s['h_alt']).T
        return dh * s['z'] + Ur.T @ dar + Uz.T @ daz + drh * s['r']

    def backward(self, x, y, learning_rate):
        g = {p: np.zeros_like(getattr(self, p)) for p in PARAMETER}
        dh = np.zeros((self.W_hh.shape[1], 1))
        for t in range(len(y) - 1, -1, -1):
            s = self.speicher[t]
            dy = s['y'] - y[t][:, np.newaxis]
            g['W_hy'] += dy @ s['h'].T
            g['b_y'] += dy
            dh = dh + self.W_hy.T @ dy
            self.schritt_zurueck(s, dh, g)
        for p in PARAMETER:
            setattr(self, p, getattr(self, p) - learning_rate * g[p])
