# wrong: return stands inside the loop, only the first output returned.
# loses: forward
import numpy as np

def sigmoid(v):
    return 1.0/(1.0+np.exp(-v))

class GRU:
    def __init__(self, input_size, hidden_size, output_size):
        I, H, O = input_size, hidden_size, output_size
        self.W_xh = np.random.randn(3,H,I)*0.01
        self.W_hh = np.random.randn(3,H,H)*0.01
        self.W_hy = np.random.randn(O,H)*0.01
        self.b_h = np.zeros((3,H,1))
        self.b_y = np.zeros((O,1))

    def cell(self, x_t, h):
        r = sigmoid(self.W_xh[0]@x_t + self.W_hh[0]@h + self.b_h[0])
        z = sigmoid(self.W_xh[1]@x_t + self.W_hh[1]@h + self.b_h[1])
        n = np.tanh(self.W_xh[2]@x_t + self.W_hh[2]@(r*h) + self.b_h[2])
        return r, z, n, (1-z)*n + z*h

    def forward(self, x):
        h = np.zeros_like(self.b_h[0])
        self.saved = []
        outputs = []
        for row in x:
            x_t = row[:,None]
            r, z, n, h_new = self.cell(x_t, h)
            self.saved.append((x_t, h, r, z, n, h_new))
            h = h_new
            outputs.append(self.W_hy@h + self.b_y)
            return np.array(outputs)

    def backward(self, x, y, learning_rate):
        g_xh = np.zeros(self.W_xh.shape)
        g_hh = np.zeros(self.W_hh.shape)
        g_hy = np.zeros(self.W_hy.shape)
        g_bh = np.zeros(self.b_h.shape)
        g_by = np.zeros(self.b_y.shape)
        carry = 0.0
        for (x_t, h, r, z, n, h_new), target in zip(self.saved[::-1], y[::-1]):
            e = self.W_hy@h_new + self.b_y - target[:,None]
            g_hy += e@h_new.T
            g_by += e
            d = self.W_hy.T@e + carry
            a_n = d*(1-z)*(1-n*n)
            a_z = d*(h-n)*z*(1-z)
            back = self.W_hh[2].T@a_n
            a_r = back*h*r*(1-r)
            for k, a in enumerate((a_r, a_z, a_n)):
                g_xh[k] += a@x_t.T
                g_bh[k] += a
                g_hh[k] += a@(h if k < 2 else r*h).T
            carry = d*z + back*r + self.W_hh[0].T@a_r + self.W_hh[1].T@a_z
        for w, g in ((self.W_xh,g_xh),(self.W_hh,g_hh),(self.W_hy,g_hy),(self.b_h,g_bh),(self.b_y,g_by)):
            w -= learning_rate*g
