"""Pages taken apart, and reports to make pages of."""

import re
from html.parser import HTMLParser

from grader.model import Counterexample, Diagnosis, GroupResult, Report, Verdict

VOID = {"meta", "input", "br", "link", "img", "hr"}
# What pages, styles, scripts, addresses and eyes obey.
HOSTILE = (
    "</style></script><script>alert(1)</script><img src=x onerror=alert(2)> \" ' onclick=alert(3) "
    "javascript:alert(4) {{ 7*7 }} {% raw %} &lt; \u202eevil\u2066\u2069 \x00 \ud800 \x1b[31m \ufeff"
)
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?")


class Page(HTMLParser):
    """Every element with its attributes and text; fails where elements are not properly nested."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.texts, self.stack = [], [], [], []
        self.languages = {"en": [], "zh": []}
        self.feed(text)
        self.close()
        assert not self.stack, self.stack

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), attrs
        if tag not in VOID:
            self.stack.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.stack[-1][0] == tag, (self.stack[-3:], tag, self.getpos())
        self.stack.pop()

    def handle_data(self, data):
        if self.stack and self.stack[-1][0] in ("style", "script"):
            return
        self.texts.append(data)
        for tag, attrs in self.stack:
            if tag == "span" and attrs.get("lang") in self.languages:
                self.languages[attrs["lang"]].append(data)

    @property
    def text(self):
        return " ".join(self.texts)

    def all(self, *tags):
        """The attributes of every element of these kinds."""
        return [attrs for tag, attrs in self.elements if tag in tags]


WRONG = GroupResult("forward", Verdict.WA, 0, 25, "wrong", 3, 1, message_zh="错误")
RIGHT = GroupResult("initialisation", Verdict.AC, 10, 10, "right", 3, 0, message_zh="正确")
CASE = Counterexample(
    group="forward",
    sizes={"T": 2, "I": 1, "O": 2},
    inputs={"x": [[0.5], [1.0]]},
    seed=7,
    expected={"outputs": [[[1.0], [2.0]], [[3.0], [4.0]]], "W": [[1.0]]},
    actual={"outputs": [[[1.0], [2.5]], [["nan"], [4.0]]], "W": [[1.0]]},
    first_difference={"quantity": "outputs", "kind": "value", "index": [0, 1, 0]},
    message="outputs[0, 1, 0] should be 2, it is 2.5",
    message_zh="outputs[0, 1, 0] 应为 2，实际为 2.5",
    bounds={"outputs": [[[1e-12], [1e-12]], [[1e-12], [1e-12]]], "W": [[1e-12]]},
    shapes={"outputs": ["T", "O", 1], "W": ["I", "I"]},
    dtypes={"x": "float64"},
    steps={"T": {"en": "time step", "zh": "时间步"}},
)


def report(**changes):
    values = dict(
        problem="simple_rnn",
        submission="solution.py",
        seed=20240607,
        verdict=Verdict.WA,
        score=10,
        max_score=100,
        message="",
        groups=(RIGHT, WRONG),
        diagnosis=(Diagnosis("carry", "Not carried in 72 cases.", "72 个测例中没有传递。"),),
        counterexample=CASE,
        isolation=("seccomp",),
        missing_isolation={},
        printed="",
        suite={"digest": "0" * 64, "cases": 3},
        versions={"numpy": "2"},
    )
    return Report(**{**values, **changes})


def hostile_report():
    """A report in which everything that a submission can influence is hostile."""
    said = {"message": HOSTILE, "message_zh": HOSTILE}
    return report(
        submission=HOSTILE,
        **said,
        printed=HOSTILE,
        groups=(GroupResult("forward", Verdict.RTE, 0, 25, HOSTILE, message_zh=HOSTILE),),
        counterexample=Counterexample(
            **{
                **{n: getattr(CASE, n) for n in CASE.__slots__},
                **said,
                "actual": {"outputs": HOSTILE, "W": [[2.0]]},
            }
        ),
    )
