# Callable objects instead of functions, dataclasses with slots as caches.
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(slots=True, frozen=True)
class StepCache:
    x: np.ndarray
    before: np.ndarray
    after: np.ndarray
    parameters: dict


@dataclass
class SequenceCache:
    steps: list[StepCache] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.steps)


class Softmax:
    def __call__(self, a: np.ndarray) -> np.ndarray:
        out = a - np.max(a, axis=0)
        np.exp(out, out=out)
        out /= out.sum(axis=0)
        return out


class Cell:
    def __call__(self, x, before, parameters):
        pre = parameters["Wam"].dot(x)
        pre += parameters["Waa"].dot(before)
        pre += parameters["ba"]
        np.tanh(pre, out=pre)
        out = softmax(parameters["Wya"].dot(pre) + parameters["by"])
        return pre, out, StepCache(x, before, pre, parameters)


class CellBackward:
    def __call__(self, d_next, cache: StepCache):
        d = (1.0 - np.square(cache.after)) * d_next
        p = cache.parameters
        return {
            "dx_t": p["Wam"].T.dot(d),
            "da_former": p["Waa"].T.dot(d),
            "dWam": d.dot(cache.x.T),
            "dWaa": d.dot(cache.before.T),
            "dba": d.sum(1).reshape(-1, 1),
            "dtanh": d,
        }


class Forward:
    def __call__(self, x, a0, parameters):
        kept, a, y, now = SequenceCache(), [], [], a0
        for t in range(x.shape[-1]):
            now, out, cache = rnn_Cell(x[..., t], now, parameters)
            kept.steps.append(cache)
            a.append(now)
            y.append(out)
        return kept, np.dstack(a), np.dstack(y)


class Backward:
    def __call__(self, da, caches: SequenceCache):
        p = caches.steps[0].parameters
        sums = {k: np.zeros_like(p[k[1:]]) for k in ("dWam", "dWaa", "dba")}
        dx = np.zeros((*caches.steps[0].x.shape, len(caches)))
        carried = np.zeros(da.shape[:2])
        for t in range(len(caches))[::-1]:
            g = rnn_cell_backward(da[..., t] + carried, caches.steps[t])
            carried = g["da_former"]
            dx[..., t] = g["dx_t"]
            for k in sums:
                sums[k] += g[k]
        return {"dx": dx, "da0": carried, "T": len(caches), **sums}


softmax, rnn_Cell, RNN_forward = Softmax(), Cell(), Forward()
rnn_cell_backward, RNN_backward = CellBackward(), Backward()
