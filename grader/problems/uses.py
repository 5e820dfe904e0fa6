"""What problem.yaml declares is used, and can be drawn where it is used."""

from collections.abc import Iterable, Iterator

from grader.model import Group, Problem
from grader.problems.node import Node

READABLE = "readable"  # the regime of small cases, for people to read
Use = tuple[Group, str]  # a group, and a regime that its cases are drawn from


def check_uses(problem: Problem, top: Node) -> None:
    """Raise ProblemError for what is declared in vain, or cannot be drawn."""
    keys = top.entries()
    everywhere = (*problem.groups, *problem.self_checks)
    draws = [d for g in problem.groups for d in g.draws]
    inputs = {q.name for g in everywhere for q in g.inputs}
    _all_used(
        keys["sizes"], (n for g in everywhere for n in g.symbols), "size", "shape in a group has"
    )
    _all_used(keys["inputs"], inputs, "input", "group uses")
    _all_used(keys["strata"], (d.stratum for d in draws), "stratum", "group's cases use")
    regimes = (READABLE, *(d.regime for d in draws))
    _all_used(keys["regimes"], regimes, "regime", "group's cases use")
    if problem.self_checks and READABLE not in problem.regimes:
        raise keys["self_checks"].error(f"there is no regime {READABLE}, which they are drawn from")
    for group, regime in _uses(problem):
        _check_distributions(problem, group, regime, keys["regimes"])


def _all_used(declared: Node, used: Iterable[str], what: str, by: str) -> None:
    used = set(used)
    for name, node in declared.entries().items():
        if name not in used:
            raise node.error(f"no {by} this {what}: use it, or remove it")


def _uses(problem: Problem) -> Iterator[Use]:
    for group in problem.groups:
        for regime in dict.fromkeys(d.regime for d in group.draws):
            yield group, regime
    if READABLE in problem.regimes:  # for samples, and what is shown
        yield from ((group, READABLE) for group in (*problem.groups, *problem.self_checks))


def _check_distributions(problem: Problem, group: Group, regime: str, node: Node) -> None:
    """That `per` names a size that the group has, and a permutation is square."""
    spec = problem.regimes[regime]
    for q in group.inputs:
        key = q.name if q.name in spec else "default"
        per = spec[key].get("per")
        if per is not None and per not in group.symbols:
            raise _node_of(node, regime, key).error(
                f"{q.name} is divided by {per}, which {group.name} has not"
            )
        square = len(q.shape) == 2 and len(set(q.shape)) == 1
        if not square and spec[key].keys() & {"permutation", "signed_permutation"}:
            raise _node_of(node, regime, key).error(
                f"only a square matrix can be a permutation, not {q.name}"
            )


def _node_of(regimes: Node, regime: str, key: str) -> Node:
    return regimes.entries()[regime].entries()[key]
