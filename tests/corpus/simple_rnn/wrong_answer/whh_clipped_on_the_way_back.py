# wrong: W_hh is kept within 10 where the error is carried back.
# loses: backward
import numpy as np
from numpy import einsum


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros((len(x) + 1,) + self.b_h.shape)
        drive = einsum("hi,ti->th", self.W_xh, x)[:, :, None] + self.b_h
        for t in range(len(x)):
            h[t + 1] = np.tanh(drive[t] + einsum("hg,gk->hk", self.W_hh, h[t]))
        self.h = h
        self.outputs = einsum("oh,thk->tok", self.W_hy, h[1:]) + self.b_y
        return self.outputs

    def backward(self, x, y, learning_rate):
        d_y = einsum("tok->to", self.outputs) - y
        d_h = einsum("oh,to->th", self.W_hy, d_y)
        slope = 1 - einsum("thk,thk->th", self.h[1:], self.h[1:])
        d_a = np.zeros_like(d_h)
        carry = np.zeros(d_h.shape[1])
        for t in range(len(x))[::-1]:
            d_a[t] = einsum("h,h->h", slope[t], d_h[t] + carry)
            carry = einsum("hg,h->g", np.clip(self.W_hh, -10, 10), d_a[t])
        h = self.h[:, :, 0]
        self.W_xh -= learning_rate * einsum("th,ti->hi", d_a, x)
        self.W_hh -= learning_rate * einsum("th,tg->hg", d_a, h[:-1])
        self.W_hy -= learning_rate * einsum("to,th->oh", d_y, h[1:])
        self.b_h -= learning_rate * einsum("th->h", d_a)[:, None]
        self.b_y -= learning_rate * einsum("to->o", d_y)[:, None]
