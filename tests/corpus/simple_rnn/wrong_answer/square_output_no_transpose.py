# wrong: W_hy is used without transpose in the backward pass whenever its shape allows it, that is when O equals H.
# loses: backward
import numpy as np


class SimpleRNN:
    """反向传播时根据形状决定是否转置。"""

    def __init__(self, 输入, 隐藏, 输出):
        self.W_xh = np.random.randn(隐藏, 输入) * 0.01
        self.W_hh = np.random.randn(隐藏, 隐藏) * 0.01
        self.W_hy = np.random.randn(输出, 隐藏) * 0.01
        self.b_h = np.zeros((隐藏, 1))
        self.b_y = np.zeros((输出, 1))

    def forward(self, x):
        h = np.zeros_like(self.b_h)
        self.记录 = []
        结果 = []
        for 当前 in x:
            列 = np.array(当前).reshape(-1, 1)
            新 = np.tanh(self.W_xh.dot(列) + self.W_hh.dot(h) + self.b_h)
            y = self.W_hy.dot(新) + self.b_y
            self.记录.append((列, h, 新, y))
            结果.append(y)
            h = 新
        return np.array(结果)

    def backward(self, x, y, learning_rate):
        梯度 = {n: np.zeros_like(getattr(self, n)) for n in ("W_xh", "W_hh", "W_hy", "b_h", "b_y")}
        传回 = np.zeros_like(self.b_h)
        for (列, 旧, 新, 预测), 目标 in list(zip(self.记录, y))[::-1]:
            误差 = 预测 - 目标.reshape(-1, 1)
            梯度["W_hy"] += 误差.dot(新.T)
            梯度["b_y"] += 误差
            if self.W_hy.shape[1] == 误差.shape[0]:  # 形状能相乘
                dh = self.W_hy.dot(误差)
            else:
                dh = self.W_hy.T.dot(误差)
            da = (dh + 传回) * (1 - 新 ** 2)
            梯度["W_xh"] += da.dot(列.T)
            梯度["W_hh"] += da.dot(旧.T)
            梯度["b_h"] += da
            传回 = self.W_hh.T.dot(da)
        for n, g in 梯度.items():
            setattr(self, n, getattr(self, n) - learning_rate * g)
