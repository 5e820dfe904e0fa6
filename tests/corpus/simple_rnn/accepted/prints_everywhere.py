# Prints at import, in every method and at exit, to sys.stdout, sys.stdout.buffer and sys.stderr, but little each time.
import atexit
import logging
import sys
import warnings

import numpy as np

np.set_printoptions(precision=2, suppress=True, threshold=6)
logging.basicConfig(level=logging.DEBUG)
log = logging.getLogger("rnn")
count = {"forward": 0, "backward": 0}

print("numpy", np.__version__, file=sys.stderr)
print("导入完成", "\x1b[31mred\x1b[0m", end="\r\n", flush=True)
sys.stdout.write("isatty: %s, encoding: %s\n" % (sys.stdout.isatty(), sys.stdout.encoding))
sys.stdout.buffer.write(b'{"verdict": "AC", "score": 100}\n\xff\xfe\x00')
sys.stdout.flush()
warnings.warn("this is only a test", UserWarning)
atexit.register(print, "bye", count)


def say(what, *rest):
    count[what] += 1
    if count[what] <= 3:
        print(what, *rest)
        log.debug("%s %d", what, count[what])


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        print("W_xh =", self.W_xh[:1])

    def forward(self, x):
        say("forward", x.shape, x[:1])
        self.h, self.o = [np.zeros_like(self.b_h)], []
        for t in range(len(x)):
            a = self.W_xh @ x[t].reshape(-1, 1) + self.W_hh @ self.h[t] + self.b_h
            self.h.append(np.tanh(a))
            self.o.append(self.W_hy @ self.h[t + 1] + self.b_y)
        return np.array(self.o)

    def backward(self, x, y, learning_rate):
        loss = sum(0.5 * np.sum((o[:, 0] - t) ** 2) for o, t in zip(self.o, y))
        say("backward", "loss:", loss)
        gxh = ghh = ghy = gbh = gby = next_ = 0
        for t in range(len(x) - 1, -1, -1):
            e = self.o[t] - y[t].reshape(-1, 1)
            d = (self.W_hy.T @ e + next_) * (1 - self.h[t + 1] ** 2)
            next_ = self.W_hh.T @ d
            gxh, ghh = gxh + d @ x[t].reshape(1, -1), ghh + d @ self.h[t].T
            ghy, gbh, gby = ghy + e @ self.h[t + 1].T, gbh + d, gby + e
        self.W_xh -= learning_rate * gxh
        self.W_hh -= learning_rate * ghh
        self.W_hy -= learning_rate * ghy
        self.b_h -= learning_rate * gbh
        self.b_y -= learning_rate * gby
        sys.stdout.buffer.write(b".")
