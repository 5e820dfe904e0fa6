# Variables, parameters and comments are Chinese; the file is plain UTF-8 and says so in a cookie below.
# -*- coding: utf-8 -*-
import numpy as np


class SimpleRNN:
    """简单循环神经网络（列向量，tanh 隐藏层，线性输出）"""

    def __init__(self, 输入维度, 隐藏维度, 输出维度):
        self.W_xh = np.random.randn(隐藏维度, 输入维度) * 0.01
        self.W_hh = np.random.randn(隐藏维度, 隐藏维度) * 0.01
        self.W_hy = np.random.randn(输出维度, 隐藏维度) * 0.01
        self.b_h = np.zeros((隐藏维度, 1))
        self.b_y = np.zeros((输出维度, 1))

    def forward(self, 序列):
        步数 = len(序列)
        self.隐藏 = np.zeros((步数 + 1, *self.b_h.shape))  # 隐藏[0] 就是 h_0
        self.输出 = np.zeros((步数, *self.b_y.shape))
        for 时刻 in range(步数):
            净输入 = self.W_xh @ 序列[时刻].reshape(-1, 1) + self.W_hh @ self.隐藏[时刻] + self.b_h
            self.隐藏[时刻 + 1] = np.tanh(净输入)
            self.输出[时刻] = self.W_hy @ self.隐藏[时刻 + 1] + self.b_y
        return self.输出

    def backward(self, 序列, 目标, 学习率):
        梯度 = {名: np.zeros_like(getattr(self, 名)) for 名 in ["W_xh", "W_hh", "W_hy", "b_h", "b_y"]}
        后一步 = np.zeros_like(self.b_h)
        for 时刻 in range(len(序列) - 1, -1, -1):
            误差 = self.输出[时刻] - 目标[时刻].reshape(-1, 1)
            梯度["W_hy"] += 误差 @ self.隐藏[时刻 + 1].T
            梯度["b_y"] += 误差
            δ = (self.W_hy.T @ 误差 + 后一步) * (1 - self.隐藏[时刻 + 1] ** 2)
            梯度["W_xh"] += δ @ 序列[时刻].reshape(1, -1)
            梯度["W_hh"] += δ @ self.隐藏[时刻].T
            梯度["b_h"] += δ
            后一步 = self.W_hh.T @ δ
        # 统一更新
        for 名, 值 in 梯度.items():
            setattr(self, 名, getattr(self, 名) - 学习率 * 值)
