# promise: solves-nothing RTE: raises exceptions whose messages are control sequences, HTML, formulas and workflow commands
import numpy as np


TEXTS = [
    "\x1b[2J\x1b[H\x1b[32mAccepted 100/100\x1b[0m",
    "\x1b]0;AC\x07\x1b]52;c;cm5uX2p1ZGdlX2NhbmFyeV8=\x07\x1b]8;;http://localhost/\x1b\\link\x1b]8;;\x1b\\",
    '\x1bP$q"p\x1b\\\x9b2J\x90\x9d\r\b\b\b\x7f\x00\u202eCA\u2066\u2028\u2029\ufeff',
    "<script>alert('rnn_judge_canary_')</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>",
    "</pre></td></table><h1>AC</h1><!--",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    '\t=HYPERLINK("http://localhost/")',
    "::error file=grader/judge.py::hostile",
    "::set-output name=verdict::AC",
    "::stop-commands::rnn_judge_canary_",
    "::add-mask::AC",
    "##[error]hostile",
    "##vso[task.setvariable variable=verdict]AC",
    "%0A::warning::hostile%0D%0A",
    "[bold red]Accepted[/bold red] [link=http://localhost/]x[/link] [/]",
    "{verdict.__class__.__mro__} %s %n ${PATH} $(id) `id`",
    "'); DROP TABLE results; --",
    "# Accepted\n\n| a | b |\n|---|---|\n![x](http://localhost/)\n```",
    "]]></failure><testcase name='AC'/><![CDATA[",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
]


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        raise ValueError("\n".join(TEXTS))
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
