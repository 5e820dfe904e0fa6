# promise: side-effect AC|RTE: a correct solution that tries getpid under its x32 number, which deny-lists forget
import errno
import sys

import numpy as np

REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)
TARGETS = ({"x86_64": (0x40000000 + 39,)},)
LEAKS = []


def forbidden(target):
    """Returns if the kernel itself answered, with whatever result, and not the filter before it."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    machine = getattr(sys.implementation, "_multiarch", "x86_64").partition("-")[0]
    number, *arguments = target[machine]
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    if result == -1 and ctypes.get_errno() in REFUSED:
        raise PermissionError(number)


def attack():
    for target in TARGETS:
        try:
            forbidden(target)
        except Exception:
            continue
        LEAKS.append(target)


attack()


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        h = np.zeros_like(self.b_h)
        self.states, outputs = [h], []
        for row in x:
            h = np.tanh(self.W_xh @ row[:, None] + self.W_hh @ h + self.b_h)
            self.states.append(h)
            outputs.append(self.W_hy @ h + self.b_y)
        if LEAKS:  # a wrong answer tells the judge's own tests that something got through
            print("got through:", LEAKS)
            return np.array(outputs) + 1
        return np.array(outputs)

    def backward(self, x, y, learning_rate):
        names = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")
        d = {name: np.zeros_like(getattr(self, name)) for name in names}
        d_h_next = np.zeros_like(self.b_h)
        for t in reversed(range(len(x))):
            h, h_former = self.states[t + 1], self.states[t]
            d_y = self.W_hy @ h + self.b_y - y[t][:, None]
            d_a = (1 - h * h) * (self.W_hy.T @ d_y + d_h_next)
            d["W_hy"] += d_y @ h.T
            d["b_y"] += d_y
            d["W_xh"] += d_a @ x[t][None, :]
            d["W_hh"] += d_a @ h_former.T
            d["b_h"] += d_a
            d_h_next = self.W_hh.T @ d_a
        for name in names:
            getattr(self, name)[...] -= learning_rate * d[name]
