"""The points of a class as a gradebook: a plain table, or an LMS's own CSV filled in."""

from grader.course.gradebook.fill import Filled, fill, matched_with, superseded
from grader.course.gradebook.plain import feedback, is_graded, plain

__all__ = ["Filled", "feedback", "fill", "is_graded", "matched_with", "plain", "superseded"]
