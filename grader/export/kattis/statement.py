"""A statement in LaTeX, as problemtools turns it into HTML and PDF: its words, code and tables."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark").enable("table")
SPECIAL = {
    **{c: f"\\{c}" for c in "{}$&#_%"},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
HEADINGS = {"h1": "problemname", "h2": "section*"}  # others are subsections
AROUND = {
    "paragraph_open": "\n",
    "paragraph_close": "\n",
    "bullet_list_open": "\n\\begin{itemize}\n",
    "bullet_list_close": "\\end{itemize}\n",
    "ordered_list_open": "\n\\begin{enumerate}\n",
    "ordered_list_close": "\\end{enumerate}\n",
    "list_item_open": "\\item ",
    "heading_close": "}\n",
    "table_close": "\\end{tabular}\n\\end{center}\n",
    "tr_close": " \\\\ \\hline\n",
    "strong_open": r"\textbf{",
    "em_open": r"\emph{",
    "strong_close": "}",
    "em_close": "}",
    "softbreak": "\n",
    "hardbreak": "\\\\\n",
}
# A line break within Chinese is no blank.
WIDE_BREAK = re.compile(
    "(?<=[\u3001\u3002\uff00-\uffef])\n|(?<=[\u3001-\u9fff])\n(?=[\u3001-\u9fff\uff00-\uffef])"
)
GAP, LEAST, MOST = 0.027, 8, 50  # around a cell, in parts of a line; of a column, in characters


def latex(statement: str) -> str:
    """Return a statement in Markdown as the file problem.LANGUAGE.tex of a package."""
    tokens = PARSER.parse(statement)
    return "".join(_written(tokens, n) for n in range(len(tokens))).lstrip() + "\n"


def _written(tokens: Sequence[Token], number: int) -> str:
    token = tokens[number]
    if token.type == "heading_open":
        return f"\n\\{HEADINGS.get(token.tag, 'subsection*')}{{"
    if token.type == "fence":
        return f"\n\\begin{{verbatim}}\n{token.content}\\end{{verbatim}}\n"
    if token.type == "table_open":
        return f"\n\\begin{{center}}\n\\begin{{tabular}}{{|{_columns(tokens[number:])}}}\n\\hline\n"
    if token.type in ("th_open", "td_open"):
        return "" if tokens[number - 1].type == "tr_open" else " & "
    if token.type == "inline":
        return WIDE_BREAK.sub("", "".join(map(_inline, token.children or ())))
    return AROUND.get(token.type, "")


def _inline(token: Token) -> str:
    if token.type == "code_inline":
        code = escaped(token.content).replace("--", "-{}-")  # else one long dash
        return rf"\texttt{{{code}}}"
    if token.type == "link_close":
        return ""
    return AROUND.get(token.type, "") or escaped(token.content)


def escaped(text: str) -> str:
    """Return text in which LaTeX finds no command."""
    return "".join(SPECIAL.get(c, c) for c in text)


def _columns(tokens: Sequence[Token]) -> str:
    """Return the columns of the table that begins here, each as wide as its longest cell asks."""
    rows = list(_rows(tokens))
    longest = [min(MOST, max(LEAST, *map(len, column))) for column in zip(*rows, strict=True)]
    share = (1 - GAP * (len(longest) + 1)) / sum(longest)
    return "".join(rf"p{{{share * n:.3f}\textwidth}}|" for n in longest)


def _rows(tokens: Sequence[Token]) -> Iterator[list[str]]:
    """Yield the cells of each row of the first table."""
    cells: list[str] = []
    for token in tokens:
        if token.type == "table_close":
            return
        if token.type == "inline":
            cells.append(token.content)
        if token.type == "tr_close":
            yield cells
            cells = []
