# Chinese comments saved as GBK, declared by the PEP 263 cookie in the second line.
# -*- coding: gbk -*-
import numpy as np


class SimpleRNN:
    """最简单的循环神经网络：一次处理一个序列。"""

    def __init__(self, input_size, hidden_size, output_size):
        # 权重初始化，顺序不能改
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        # 偏置为零
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.名字 = "循环网络"

    def forward(self, x):
        # 前向传播：每次都从 h_0 = 0 开始
        self.h = [np.zeros(self.b_h.shape)]
        self.out = []
        for t in range(len(x)):
            self.h.append(np.tanh(self.W_xh @ x[t][:, None] + self.W_hh @ self.h[t] + self.b_h))
            self.out.append(self.W_hy @ self.h[t + 1] + self.b_y)
        return np.array(self.out)

    def backward(self, x, y, learning_rate):
        # 反向传播（BPTT），最后统一更新
        dWxh, dWhh, dWhy = 0, 0, 0
        dbh, dby, dhnext = 0, 0, 0
        for t in reversed(range(len(x))):
            dy = self.out[t] - y[t][:, None]          # 输出误差
            dh = self.W_hy.T @ dy + dhnext            # 传到隐藏层
            da = dh * (1 - self.h[t + 1] ** 2)        # 经过 tanh
            dWhy = dWhy + dy @ self.h[t + 1].T
            dWxh = dWxh + da @ x[t][None, :]
            dWhh = dWhh + da @ self.h[t].T
            dbh, dby = dbh + da, dby + dy
            dhnext = self.W_hh.T @ da
        self.W_xh = self.W_xh - learning_rate * dWxh
        self.W_hh = self.W_hh - learning_rate * dWhh
        self.W_hy = self.W_hy - learning_rate * dWhy
        self.b_h = self.b_h - learning_rate * dbh
        self.b_y = self.b_y - learning_rate * dby
