# -*- coding: gbk -*-
# 变量名与注释为中文，文件编码为 GBK；前向与训练共用一个生成器。
import numpy as np


def 激活(输入):
    return 1 / (1 + np.exp(-输入))


def int2binary(数, 位数=8):
    if 数 < 0 or int(数).bit_length() > 位数:
        raise ValueError("%d 不能用 %d 位表示" % (数, 位数))
    return np.array(list(map(int, "{:0{}b}".format(int(数), 位数))), np.uint8)


class BinaryAdder:
    def __init__(self, 输入=2, 隐藏=8, 输出=1):
        self.synapse_0 = 2 * np.random.random((隐藏, 输入)) - 1
        self.synapse_1 = 2 * np.random.random((输出, 隐藏)) - 1
        self.synapse_h = 2 * np.random.random((隐藏, 隐藏)) - 1

    def 逐位(self, 甲, 乙):
        旧 = np.zeros((self.synapse_h.shape[1], 1))
        for 位 in range(len(甲) - 1, -1, -1):
            输入 = np.array([[甲[位]], [乙[位]]], dtype=float)
            新 = 激活(self.synapse_0 @ 输入 + self.synapse_h @ 旧)
            yield 位, 输入, 旧, 新, 激活(self.synapse_1 @ 新)
            旧 = 新

    def forward(self, 甲, 乙):
        结果 = np.zeros(len(甲))
        for 位, *_, 出 in self.逐位(甲, 乙):
            结果[位] = 出[0, 0]
        return 结果

    def train_step(self, 甲, 乙, 目标, alpha=0.1):
        位值, 误差和 = np.zeros_like(目标), 0.0
        更新 = [np.zeros_like(w) for w in (self.synapse_0, self.synapse_1, self.synapse_h)]
        未来 = np.zeros((self.synapse_h.shape[0], 1))
        for 位, 输入, 旧, 新, 出 in reversed(list(self.逐位(甲, 乙))):
            误差 = 出 - 目标[位]
            误差和 += abs(误差).item()
            位值[位] = round(出.item())
            增量 = 误差 * 出 * (1 - 出)
            未来 = (self.synapse_1.T @ 增量 + self.synapse_h.T @ 未来) * 新 * (1 - 新)
            更新[0] += 未来 @ 输入.T
            更新[1] += 增量 @ 新.T
            更新[2] += 未来 @ 旧.T
        self.synapse_0 -= alpha * 更新[0]
        self.synapse_1 -= alpha * 更新[1]
        self.synapse_h -= alpha * 更新[2]
        return 位值, 误差和
