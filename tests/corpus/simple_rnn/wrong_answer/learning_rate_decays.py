# wrong: the learning rate shrinks by five per cent with every call of backward.
# loses: training, conduct
import numpy as np


class SimpleRNN:
    """简单循环神经网络：隐藏层 tanh，输出层线性。"""

    def __init__(self, input_size, hidden_size, output_size):
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        # 权重初始化
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.step = 0
        # 偏置初始化为零
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def _activate(self, a):
        # 激活函数
        return np.tanh(a)

    def _slope(self, h):
        # 激活函数的导数，用 h 表示
        return 1 - np.power(h, 2)

    def forward(self, x):
        self.inputs = []
        self.hidden = [np.zeros((self.hidden_size, 1))]  # 初始隐藏状态
        self.outputs = []
        for x_t in x:
            x_t = x_t.reshape(self.input_size, 1)
            a = self.W_xh @ x_t + self.W_hh @ self.hidden[-1] + self.b_h
            h = self._activate(a)
            o = self.W_hy @ h + self.b_y
            self.inputs.append(x_t)
            self.hidden.append(h)
            self.outputs.append(o)
        return np.array(self.outputs)

    def backward(self, x, y, learning_rate):
        T = x.shape[0]
        # 梯度清零
        dW_xh = np.zeros_like(self.W_xh)
        dW_hh = np.zeros_like(self.W_hh)
        dW_hy = np.zeros_like(self.W_hy)
        db_h = np.zeros_like(self.b_h)
        db_y = np.zeros_like(self.b_y)
        dh_next = np.zeros((self.hidden_size, 1))
        # 沿时间反向传播
        for t in range(T)[::-1]:
            target = y[t].reshape(self.output_size, 1)
            dy = self.outputs[t] - target
            dW_hy += dy @ self.hidden[t + 1].T
            db_y += dy
            dh = self.W_hy.T @ dy + dh_next
            da = dh * self._slope(self.hidden[t + 1])
            dW_xh += da @ self.inputs[t].T
            dW_hh += da @ self.hidden[t].T
            db_h += da
            dh_next = self.W_hh.T @ da
        # 学习率衰减
        learning_rate = learning_rate * 0.95 ** self.step
        self.step += 1
        # 更新参数
        self.W_xh -= learning_rate * dW_xh
        self.W_hh -= learning_rate * dW_hh
        self.W_hy -= learning_rate * dW_hy
        self.b_h -= learning_rate * db_h
        self.b_y -= learning_rate * db_y
