"""Whether every text is in the language that it is said to be in."""

import re
from collections.abc import Iterator

from grader.model import Problem, Text
from grader.oracle import load
from grader.problems.drawing import IN_WORDS
from grader.problems.load import line_of
from grader.setting.verify.findings import Check, Finding, error
from grader.setting.verify.markdown import prose

HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{3,}")
WORDS = 3  # in a line of prose, that a name or a unit does not make
NAMES = {"en": "English", "zh": "Chinese"}


def is_in(language: str, text: str) -> bool:
    """Whether a text may be in that language: Chinese has Han characters, English has none."""
    if language == "zh":
        return bool(HAN.search(text)) or len(WORD.findall(text)) < WORDS
    return not HAN.search(text)


def check_languages(problem: Problem) -> Check:
    """That statements, titles and what students are told of mistakes are in their language."""
    texts: dict[tuple[str, ...], Text] = {("name",): problem.name}
    texts |= {("regimes", n, IN_WORDS): words for n, words in problem.regime_words.items()}
    for kind, groups in (("groups", problem.groups), ("self_checks", problem.self_checks)):
        texts |= {(kind, group.name, "title"): group.title for group in groups}
        texts |= {(kind, g.name, "means", n): said for g in groups for n, said in g.means.items()}
    findings = [finding for language in NAMES for finding in _statement(problem, language)]
    findings += [
        error(f"{line_of(problem, *keys)}: {wrong}")
        for keys, text in texts.items()
        for wrong in _wrong(text)
    ]
    findings += [
        error(f"reference/misconceptions/{problem.id}: {mistake.id}: {wrong}")
        for mistake in load.misconceptions(problem)
        for wrong in _wrong(mistake.message)
    ]
    return Check("languages", "every text is in its language", tuple(findings))


def _wrong(text: Text) -> Iterator[str]:
    """Yield which language of a text is another one's."""
    for language, name in NAMES.items():
        copied = language == "zh" and text["en"] == text["zh"]
        if copied or not is_in(language, text[language]):
            yield f"{text[language][:40]!r} is not in {name}: translate it"


def _statement(problem: Problem, language: str) -> Iterator[Finding]:
    file = problem.root / f"statement.{language}.md"
    if not file.is_file():
        return  # which is told with the statements
    text = file.read_text(encoding="utf-8", errors="replace")
    wrong = [(n, line) for n, line in prose(text) if not is_in(language, line)]
    for number, line in wrong[:1]:
        more = f" (and {len(wrong) - 1} lines more)" if wrong[1:] else ""
        said = f"{line.strip()[:40]!r} is not in {NAMES[language]}{more}"
        yield error(f"{file.name}:{number}: {said}: translate it")
