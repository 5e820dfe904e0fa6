"""The keys of problem.yaml from the top: identity, limits, interface, and the parts below them.

README.md in this folder explains them all.
"""

from dataclasses import dataclass
from pathlib import Path

from grader.model import Effort, Group, Interface, Limits, Problem, Quantity
from grader.problems.drawing import read_range, read_regime, read_stratum, read_words
from grader.problems.groups import Declared, read_group, read_self_check, read_shape, read_text
from grader.problems.node import Node
from grader.problems.uses import check_uses

REQUIRED = (
    *("id", "name", "packages", "limits", "interface", "sizes", "inputs", "strata", "regimes"),
    "groups",
)
TELLING = ("packages", "interface")
OPTIONAL = ("reported", "steps", "explaining", "self_checks")
LIMITS = ("cpu_s", "wall_s", "case_cpu_s", "case_wall_s", "memory_mib", "output_kib")
PARTS = (
    ("case_cpu_s", "cpu_s"),
    ("case_wall_s", "wall_s"),
    ("case_cpu_s", "case_wall_s"),
    ("cpu_s", "wall_s"),
)
EXPLAINING = ("plays", "candidates")
EXPLAINING_OPTIONAL = ("changes", "faulty_line")
FAULTY_LINE = ("line", "change")  # what a student is told of it
CLASS, CLASS_OPTIONAL = ("arguments",), ("methods", "attributes")
LEAST_S, LEAST_MIB = 0.01, 16


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells the files that solve a problem: what they define and what they import."""

    id: str
    packages: tuple[str, ...]
    interface: tuple[Interface, ...]


def read_signature(top: Node, folder: Path) -> Signature:
    """Return a part of what the file declares. Raises ProblemError if that part is not sound."""
    keys = top.record(TELLING, (*REQUIRED, *OPTIONAL))
    return Signature(folder.name, _packages(keys), _interfaces(keys))


def read_problem(top: Node, folder: Path) -> Problem:
    """Return the problem that the file declares. Raises ProblemError with file and line."""
    keys = top.record(REQUIRED, OPTIONAL)
    if keys["id"].name() != folder.name:
        raise keys["id"].error(f"is {keys['id'].name()!r}, the folder is {folder.name!r}")
    declared = _declared(keys)
    groups: dict[str, Group] = {}
    for name, node in keys["groups"].some("test groups").items():
        groups[name] = read_group(name, node, declared, groups)
    checks = keys["self_checks"].entries("self-checks") if "self_checks" in keys else {}
    reported = keys["reported"].names_of(declared.sizes, "size") if "reported" in keys else []
    steps = keys["steps"].entries("sizes") if "steps" in keys else {}
    problem = Problem(
        id=folder.name,
        root=folder,
        name=read_text(keys["name"]),
        packages=_packages(keys),
        limits=_limits(keys["limits"]),
        interface=_interfaces(keys),
        sizes=declared.sizes,
        strata=declared.strata,
        regimes=declared.regimes,
        groups=tuple(groups.values()),
        effort=_effort(keys["explaining"]) if "explaining" in keys else Effort(),
        self_checks=tuple(read_self_check(n, node, declared, groups) for n, node in checks.items()),
        reported=tuple(reported or declared.sizes),
        steps={node.known(n, declared.sizes, "size"): read_text(node) for n, node in steps.items()},
        regime_words={
            name: words
            for name, node in keys["regimes"].entries().items()
            if (words := read_words(node))
        },
    )
    check_uses(problem, top)
    return problem


def _declared(keys: dict[str, Node]) -> Declared:
    sizes = {name: read_range(node) for name, node in keys["sizes"].entries("sizes").items()}
    inputs = {
        name: Quantity(name, read_shape(node, sizes))
        for name, node in keys["inputs"].entries("inputs").items()
    }
    strata = keys["strata"].entries("strata")
    regimes = keys["regimes"].entries("regimes")
    return Declared(
        sizes,
        inputs,
        {name: read_stratum(node, sizes) for name, node in strata.items()},
        {name: read_regime(node, inputs, sizes) for name, node in regimes.items()},
    )


def _limits(node: Node) -> Limits:
    keys = node.record(LIMITS)
    seconds = {name: keys[name].number(LEAST_S) for name in LIMITS if name.endswith("_s")}
    for part, whole in PARTS:
        if seconds[part] > seconds[whole]:
            text = f"is {seconds[part]:g}, more than {whole}, which is {seconds[whole]:g}"
            raise keys[part].error(text)
    memory, output = keys["memory_mib"].whole(LEAST_MIB), keys["output_kib"].whole(1)
    return Limits(**seconds, memory_mib=memory, output_kib=output)


def _effort(node: Node) -> Effort:
    keys = node.record(EXPLAINING, EXPLAINING_OPTIONAL)
    changes = keys["changes"].whole(0) if "changes" in keys else Effort().changes
    told = (
        keys["faulty_line"].one_of(FAULTY_LINE, "way to tell")
        if "faulty_line" in keys
        else FAULTY_LINE[0]
    )
    plays, candidates = keys["plays"].whole(0), keys["candidates"].whole(0)
    return Effort(plays, candidates, changes, told == FAULTY_LINE[1])


def _packages(keys: dict[str, Node]) -> tuple[str, ...]:
    return tuple(keys["packages"].names("packages"))


def _interfaces(keys: dict[str, Node]) -> tuple[Interface, ...]:
    defined = keys["interface"].some("names that a submission defines")
    return tuple(_interface(name, node) for name, node in defined.items())


def _interface(name: str, node: Node) -> Interface:
    if node.is_nothing():  # a plain function
        return Interface(name, None, (), ())
    keys = node.record(CLASS, CLASS_OPTIONAL)
    arguments = tuple(n.whole(0) for n in keys["arguments"].items("whole numbers"))
    methods, attributes = (
        tuple(keys[kind].names(kind)) if kind in keys else () for kind in CLASS_OPTIONAL
    )
    return Interface(name, arguments, methods, attributes)
