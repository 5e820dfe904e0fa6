"""Arrays that carry their own rounding: what any order of evaluation can be wrong by.

A `Rounded` stands for an array of a reference while the oracle plays it. Beside its value, in
extended precision, each element has

    p   how far the elementary functions and inexact inputs before it can move it,
    m   its magnitude: the same formula on absolute values, which never cancels,
    e   the roundings of finished sums and products, each as large as what was rounded (of u),

and the array has t, the number of terms of the sum it is, which is still open. Its radius is

    1.01 (p + u (e + (t - 1) m)),      u = 2^-53 in float64, 2^-24 in float32,

since a sum of t terms in any order and grouping rounds each of them at most t - 1 times (Higham,
Accuracy and Stability of Numerical Algorithms, 2nd ed., section 4.2), and 1.01 covers the terms
of second order. Everything that evaluates the same sums and products, in whatever order and
grouping, across time steps too, lies within the radius. The rules:

    a + b     p, m and e add, and so do the terms
    a b       p = |a| p_b + |b| p_a + p_a p_b; m multiplies; both sums are closed and one rounding
              is added; a single exact number times a sum leaves it open: c (x + y) = c x + c y
    a @ b     products as above; the sum of its k terms is open
    sum       of k terms, each of which may be a sum of products itself: an update may be taken
              term by term, and in a double loop over (t, s) the term of t in up to t parts. So
              k (k + 1) / 2 times the terms of each up to k = 12, and k times beyond. What a + b
              made of unlike terms, an error y - target say, is closed before
    f(a)      an elementary function of an argument within r of a: p is the most that r can move
              it, plus 16 u of max(1, |f|), whatever identity it is computed by; all else afresh

`elementary` makes one such function of several operations; a reference names those that it has,
tanh's slope say, in ELEMENTARY.
"""

from grader.oracle.rounding import functions, rules
from grader.oracle.rounding.array import FUNCTION_ERROR, Rounded, as_rounded
from grader.oracle.rounding.rules import elementary

__all__ = ["FUNCTION_ERROR", "Rounded", "as_rounded", "elementary", "functions", "rules"]
