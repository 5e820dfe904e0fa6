# wrong: the tanh derivative is evaluated at the previous hidden state.
# loses: backward
from numpy import einsum, empty, tanh, zeros
import numpy.random


class SimpleRNN:
    """All products are written with einsum: i input, h/k hidden, o output."""

    SCALE = 0.01

    def __init__(self, I, H, O):
        draw = numpy.random.randn
        self.W_xh = draw(H, I) * self.SCALE
        self.W_hh = draw(H, H) * self.SCALE
        self.W_hy = draw(O, H) * self.SCALE
        self.b_h, self.b_y = zeros((H, 1)), zeros((O, 1))

    def forward(self, x):
        T = len(x)
        h = zeros(len(self.b_h))
        states = [h]
        for t in range(T):
            h = tanh(einsum("hi,i->h", self.W_xh, x[t]) + einsum("hk,k->h", self.W_hh, h) + self.b_h[:, 0])
            states.append(h)
        self.states = states
        out = empty((T, len(self.b_y), 1))
        for t in range(T):
            out[t, :, 0] = einsum("oh,h->o", self.W_hy, states[t + 1]) + self.b_y[:, 0]
        self.out = out.copy()
        return out

    def backward(self, x, y, learning_rate):
        T = len(x)
        hist = self.states
        err = self.out[:, :, 0] - y
        dz = empty((T, len(self.b_h)))
        future = zeros(len(self.b_h))
        for t in range(T - 1, -1, -1):
            dh = einsum("oh,o->h", self.W_hy, err[t]) + future
            dz[t] = dh * (1 - hist[t] ** 2)
            future = einsum("hk,h->k", self.W_hh, dz[t])
        g_why = einsum("to,th->oh", err, hist[1:])
        g_whh = einsum("th,tk->hk", dz, hist[:-1])
        g_wxh = einsum("th,ti->hi", dz, x)
        self.W_hy = self.W_hy - learning_rate * g_why
        self.W_hh = self.W_hh - learning_rate * g_whh
        self.W_xh = self.W_xh - learning_rate * g_wxh
        self.b_h = self.b_h - learning_rate * einsum("th->h", dz)[:, None]
        self.b_y = self.b_y - learning_rate * einsum("to->o", err)[:, None]
