"""Ways to get simple_rnn wrong: the reference with one thing changed, and what to tell.

Each class is laid over the reference's SimpleRNN, and two of them over each other, so a class
overrides as little as it can and calls super() where it adds something. A parameter that is left
open is estimated from what a submission returned. A message names the mathematics and where to
look; it never gives the answer away.
"""

from . import (
    calls,
    clipping,
    derivative,
    forward,
    initial,
    loss,
    order,
    through_time,
    update,
    weights,
)
from .catalogue import MISCONCEPTIONS

__all__ = ["MISCONCEPTIONS"]
