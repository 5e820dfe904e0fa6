# wrong: the update loops over the dict of gradients itself with two targets instead of over its items(), so unpacking a key fails.
import numpy as np

NAMES = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")


class SimpleRNN:
    """Vanilla recurrent network for one sequence."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        shapes = [
            (hidden_size, input_size),
            (hidden_size, hidden_size),
            (output_size, hidden_size),
        ]
        for name, shape in zip(NAMES, shapes):
            setattr(self, name, 0.01 * np.random.randn(*shape))
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.memory = {}

    def forward(self, x: np.ndarray) -> np.ndarray:
        steps = len(x)
        hs = {-1: np.zeros((self.W_hh.shape[0], 1))}
        ys = {}
        for t in range(steps):
            xt = x[t][:, np.newaxis]
            hs[t] = np.tanh(self.W_xh @ xt + self.W_hh @ hs[t - 1] + self.b_h)
            ys[t] = self.W_hy @ hs[t] + self.b_y
        self.memory = {"hs": hs, "ys": ys}
        return np.stack([ys[t] for t in range(steps)])

    def backward(self, x: np.ndarray, y: np.ndarray, learning_rate: float) -> None:
        hs, ys = self.memory["hs"], self.memory["ys"]
        grads = {name: np.zeros_like(getattr(self, name)) for name in NAMES}
        from_future = np.zeros((self.W_hh.shape[0], 1))
        for t in range(len(x) - 1, -1, -1):
            dy = ys[t] - y[t][:, np.newaxis]
            grads["W_hy"] += dy @ hs[t].T
            grads["b_y"] += dy
            dh = self.W_hy.T @ dy + from_future
            da = dh * (1.0 - hs[t] * hs[t])
            grads["W_xh"] += da @ x[t][np.newaxis, :]
            grads["W_hh"] += da @ hs[t - 1].T
            grads["b_h"] += da
            from_future = self.W_hh.T @ da

        for name, grad in grads:
            setattr(self, name, getattr(self, name) - learning_rate * grad)
