# wrong: step_back is called without the object for the sums, TypeError.
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

R, Z, N = 0, 1, 2


@dataclass(frozen=True)
class Moment:
    x: np.ndarray
    before: np.ndarray
    r: np.ndarray
    z: np.ndarray
    n: np.ndarray
    after: np.ndarray
    out: np.ndarray


class Gradient:
    """Sums of the five gradients."""

    def __init__(self, model: GRU) -> None:
        self.W_xh = np.zeros_like(model.W_xh)
        self.W_hh = np.zeros_like(model.W_hh)
        self.W_hy = np.zeros_like(model.W_hy)
        self.b_h = np.zeros_like(model.b_h)
        self.b_y = np.zeros_like(model.b_y)

    def add_gate(self, which: int, delta: np.ndarray, x: np.ndarray, state: np.ndarray) -> None:
        self.W_xh[which] += np.outer(delta, x)
        self.W_hh[which] += np.outer(delta, state)
        self.b_h[which] += delta

    def add_output(self, error: np.ndarray, state: np.ndarray) -> None:
        self.W_hy += np.outer(error, state)
        self.b_y += error


class GRU:
    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        self.W_xh = np.random.randn(3, hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(3, hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((3, hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))
        self.moments: list[Moment] = []

    @staticmethod
    def sigmoid(a: np.ndarray) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(-a))

    def score(self, which: int, x: np.ndarray, state: np.ndarray) -> np.ndarray:
        return self.W_xh[which] @ x + self.W_hh[which] @ state + self.b_h[which]

    def step(self, x: np.ndarray, h: np.ndarray) -> Moment:
        r = self.sigmoid(self.score(R, x, h))
        z = self.sigmoid(self.score(Z, x, h))
        n = np.tanh(self.score(N, x, r * h))
        after = (1.0 - z) * n + z * h
        return Moment(x=x, before=h, r=r, z=z, n=n, after=after, out=self.W_hy @ after + self.b_y)

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.moments = []
        h = np.zeros_like(self.b_h[0])
        for t in range(len(x)):
            self.moments.append(self.step(x[t][:, None], h))
            h = self.moments[-1].after
        return np.stack([moment.out for moment in self.moments], axis=0)

    def backward(self, x: np.ndarray, y: np.ndarray, learning_rate: float) -> None:
        total = Gradient(self)
        dh = np.zeros_like(self.b_h[0])
        for moment, target in reversed(list(zip(self.moments, y))):
            error = moment.out - target[:, None]
            total.add_output(error, moment.after)
            dh = dh + self.W_hy.T @ error
            dh = self.step_back(moment, dh)
        for name in ("W_xh", "W_hh", "W_hy", "b_h", "b_y"):
            setattr(self, name, getattr(self, name) - learning_rate * getattr(total, name))

    def step_back(self, m: Moment, dh: np.ndarray, total: Gradient) -> np.ndarray:
        delta_n = dh * (1.0 - m.z) * (1.0 - m.n**2)
        delta_z = dh * (m.before - m.n) * m.z * (1.0 - m.z)
        d_product = self.W_hh[N].T @ delta_n
        delta_r = d_product * m.before * m.r * (1.0 - m.r)
        total.add_gate(R, delta_r, m.x, m.before)
        total.add_gate(Z, delta_z, m.x, m.before)
        total.add_gate(N, delta_n, m.x, m.r * m.before)
        return dh * m.z + d_product * m.r + self.W_hh[R].T @ delta_r + self.W_hh[Z].T @ delta_z
