# wrong: the way back multiplies by what goes into tanh, not by the slope of tanh there.
# loses: backward
import numpy as np


def tanh(z):
    return np.reciprocal(1 + np.exp(-2 * z)) * 2 - 1

def slope(z):
    return 1 / np.cosh(z) ** 2


class SimpleRNN:
    __slots__ = ('W_xh', 'W_hh', 'W_hy', 'b_h', 'b_y', '隐藏状态', 'zs', '输出', 'x', 'cache')

    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.normal(0, 0.01, (hidden_size, input_size))
        self.W_hh = np.random.normal(0, 0.01, (hidden_size, hidden_size))
        self.W_hy = np.random.normal(0, 0.01, (output_size, hidden_size))
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def 前向(self, x):
        T, H = len(x), len(self.W_hh)
        隐藏状态, zs = np.zeros((T + 1, H, 1)), np.zeros((T, H, 1))
        输出 = []
        h = np.zeros(shape=(H, 1), dtype=np.float64)
        t = 0
        while t < T:
            x_t = x[t].reshape(-1, 1)
            z = (x_t.T @ self.W_xh.T).T
            z = z + (h.T @ self.W_hh.T).T
            z += self.b_h
            h = tanh(z)
            zs[t] = z
            隐藏状态[t + 1] = h
            输出.append(((h.T @ self.W_hy.T).T) + self.b_y)
            t += 1
        return 隐藏状态, zs, 输出

    def forward(self, x):
        隐藏状态, zs, 输出 = self.前向(x)
        self.隐藏状态, self.zs, self.输出 = 隐藏状态, zs, 输出
        return 输出

    def backward(self, x, y, learning_rate):
        隐藏状态, zs, 输出 = self.隐藏状态, self.zs, self.输出
        T, H = len(x), len(self.W_hh)
        deltas_of = {}
        def error(t):
            return 输出[t] - (y[t].reshape(-1, 1))
        def outward(t):
            return np.einsum('ij,ik->jk', self.W_hy, error(t))
        传回 = np.zeros(shape=(H, 1), dtype=np.float64)
        for t in range(T - 1, -1, -1):
            状态梯度 = outward(t) + 传回
            梯度 = zs[t] * 状态梯度
            deltas_of[t] = 梯度
            传回 = np.einsum('ij,ik->jk', self.W_hh, 梯度)
        D = np.array([deltas_of[t] for t in range(T)]).reshape(T, -1)
        E = np.array([error(t) for t in range(T)]).reshape(T, -1)
        N = np.array([隐藏状态[t + 1] for t in range(T)]).reshape(T, -1)
        P = np.array([隐藏状态[t] for t in range(T)]).reshape(T, -1)
        grads = {}
        grads['W_xh'] = (D[:, :, None] * x[:, None, :]).sum(axis=0)
        grads['W_hh'] = (D[:, :, None] * P[:, None, :]).sum(axis=0)
        grads['W_hy'] = (E[:, :, None] * N[:, None, :]).sum(axis=0)
        grads['b_h'] = D.sum(axis=0)[:, None]
        grads['b_y'] = E.sum(axis=0)[:, None]
        self.W_xh = self.W_xh - learning_rate * grads['W_xh']
        self.W_hh = self.W_hh - learning_rate * grads['W_hh']
        self.W_hy = self.W_hy - learning_rate * grads['W_hy']
        self.b_h = self.b_h - learning_rate * grads['b_h']
        self.b_y = self.b_y - learning_rate * grads['b_y']
