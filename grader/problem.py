"""Reads a problem folder into a Problem, or says in one line why it cannot."""

import difflib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from grader.errors import GraderError, ProblemError
from grader.model import Draw, Group, Interface, Limits, Problem, Quantity

# The kit's checkout, or the place where the wheel put its problems.
KIT = Path(__file__).resolve().parent.parent
# Problems may lie elsewhere, such as with an exported autograder; references lie beside them.
PROBLEMS = Path(os.environ.get("GRADER_PROBLEMS") or KIT / "problem")

KEYS = {
    "problem": {
        *("id", "name", "packages", "limits", "interface", "sizes", "inputs", "strata"),
        *("regimes", "groups", "self_checks"),
    },
    "limits": {"cpu_s", "wall_s", "case_cpu_s", "case_wall_s", "memory_mib", "output_kib"},
    "interface": {"arguments", "methods", "attributes"},
    "group": {"points", "title", "requires", "inputs", "observes", "cases"},
    "quantity": {"shape", "update_of", "precision", "agrees_with", "within"},
    "distribution": {
        *(
            "normal",
            "uniform",
            "quarters",
            "nonzero_quarters",
            "zeros",
            "permutation",
            "signed_permutation",
            "shifted_columns",
            "scaled_columns",
            "bits",
            "integers",
        ),
        "per",
    },
}


def problem_ids(root: Path = PROBLEMS) -> list[str]:
    """Return the names of all problem folders, sorted."""
    return sorted(p.parent.name for p in root.glob("*/problem.yaml"))


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ' (did you mean X?)' for the closest known name, or an empty string."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" (did you mean {close[0]}?)" if close else ""


def load_problem(problem_id: str, root: Path = PROBLEMS) -> Problem:
    """Return the problem of that name.

    Raises GraderError if there is no such problem, ProblemError if its folder is not as it
    must be.
    """
    folder = root / problem_id
    if problem_id not in problem_ids(root):
        hint = nearest(problem_id, problem_ids(root))
        raise GraderError(f"there is no problem {problem_id!r}{hint}; `grader problems` lists them")
    file = folder / "problem.yaml"
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # a safe loader
    except ProblemError as error:
        raise ProblemError(f"{file}: {error}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ProblemError(f"{file}: cannot be read: {error}") from error
    try:
        return _problem(data, folder)
    except ProblemError as error:
        raise ProblemError(f"{file}: {error}") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProblemError(f"{file}: missing or malformed: {error!r}") from error


class _LOADER(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # either
    """YAML in which a key that stands twice is an error, and on/off/O stay text.

    `<<: *name` takes over what a mapping of that name holds and the present one does not.
    """


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    inherited: dict[Any, Any] = {}
    pairs: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        if key_node.tag == "tag:yaml.org,2002:merge":
            inherited |= loader.construct_object(value_node, deep=True)
            continue
        key = loader.construct_object(key_node, deep=True)
        if key in pairs:
            raise ProblemError(f"the key {key!r} stands twice, line {key_node.start_mark.line + 1}")
        pairs[key] = loader.construct_object(value_node, deep=True)
    return inherited | pairs


_LOADER.add_constructor("tag:yaml.org,2002:map", _mapping)


def _known(data: Mapping[str, Any], kind: str, where: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise ProblemError(f"{where} must be a mapping, not {data!r}")
    for key in data:
        if key not in KEYS[kind]:
            raise ProblemError(f"{where}: unknown key {key!r}{nearest(str(key), KEYS[kind])}")
    return data


def _problem(data: Any, folder: Path) -> Problem:
    _known(data, "problem", "the file")
    if data["id"] != folder.name:
        raise ProblemError(f"id is {data['id']!r}, the folder is {folder.name!r}")
    sizes = {name: _range(value, f"sizes: {name}") for name, value in data["sizes"].items()}
    inputs = {
        name: _quantity(name, value, sizes, f"inputs: {name}")
        for name, value in data["inputs"].items()
    }
    strata = {
        name: {size: _stratum_size(value, sizes, name, size) for size, value in ranges.items()}
        for name, ranges in data["strata"].items()
    }
    for name, regime in data["regimes"].items():
        for of, distribution in regime.items():
            _one_of(of, [*inputs, "default"], f"regimes: {name}")
            _known(distribution, "distribution", f"regimes: {name}: {of}")
    groups: list[Group] = []
    for name, value in data["groups"].items():
        earlier = [g.name for g in groups]
        groups.append(_group(name, value, inputs, sizes, strata, data["regimes"], earlier))
    self_checks = tuple(
        _group(name, {"points": 0, "cases": {}, **value}, inputs, sizes, strata, {}, [])
        for name, value in data.get("self_checks", {}).items()
    )
    return Problem(
        id=data["id"],
        root=folder,
        name=_text(data["name"], "name"),
        packages=tuple(data["packages"]),
        limits=Limits(**_known(data["limits"], "limits", "limits")),
        interface=tuple(_interface(name, value) for name, value in data["interface"].items()),
        sizes=sizes,
        strata=strata,
        regimes=data["regimes"],
        groups=tuple(groups),
        self_checks=self_checks,
    )


def _group(  # one line for each key of the file
    name: str,
    data: Mapping[str, Any],
    inputs: Mapping[str, Quantity],
    sizes: Mapping[str, Any],
    strata: Mapping[str, Any],
    regimes: Mapping[str, Any],
    earlier: list[str],
) -> Group:
    where = f"groups: {name}"
    _known(data, "group", where)
    if not isinstance(data["points"], int) or data["points"] < 0:
        raise ProblemError(f"{where}: points must be a whole number, not {data['points']!r}")
    used = tuple(inputs[_one_of(n, inputs, f"{where}: inputs")] for n in data["inputs"])
    observed = tuple(
        _quantity(n, value, sizes, f"{where}: observes: {n}")
        for n, value in data["observes"].items()
    )
    for quantity in observed:
        if quantity.update_of is not None:
            _one_of(quantity.update_of, [q.name for q in used], f"{where}: update_of")
    draws = tuple(
        Draw(
            _one_of(stratum, strata, f"{where}: cases"),
            _one_of(regime, regimes, f"{where}: cases: {stratum}"),
            count,
        )
        for stratum, counts in data["cases"].items()
        for regime, count in counts.items()
    )
    requires = tuple(
        _one_of(n, earlier, f"{where}: requires (an earlier group)")
        for n in data.get("requires", [])
    )
    return Group(name, data["points"], _text(data["title"], where), used, observed, requires, draws)


def _quantity(name: str, value: Any, sizes: Iterable[str], where: str) -> Quantity:
    update_of, precision, agrees_with, within = None, "float64", None, 0.0
    if isinstance(value, dict):
        _known(value, "quantity", where)
        update_of = value.get("update_of")
        precision = _one_of(value.get("precision", precision), ("float64", "float32"), where)
        agrees_with, within = value.get("agrees_with"), float(value.get("within", 0.0))
        value = value["shape"]
    for n in value:
        if not isinstance(n, int):
            _one_of(n, sizes, where)
    return Quantity(name, tuple(value), update_of, precision, agrees_with, within)


def _interface(name: str, value: Any) -> Interface:
    value = _known(value or {}, "interface", f"interface: {name}")
    arguments = value.get("arguments")
    return Interface(
        name,
        None if arguments is None else tuple(arguments),
        tuple(value.get("methods", ())),
        tuple(value.get("attributes", ())),
    )


def _range(value: Any, where: str) -> tuple[int, int]:
    low, high = value
    if not (isinstance(low, int) and isinstance(high, int) and 0 <= low <= high):
        raise ProblemError(f"{where}: a range is [low, high] in whole numbers, not {value!r}")
    return low, high


def _stratum_size(
    value: Any, sizes: Mapping[str, Any], name: str, size: str
) -> tuple[int, int] | str:
    """Return a range, or the name of the size that this one is equal to."""
    where = f"strata: {name}: {size}"
    _one_of(size, sizes, f"strata: {name}")
    return _one_of(value, sizes, where) if isinstance(value, str) else _range(value, where)


def _one_of(name: str, known: Iterable[str], where: str) -> str:
    known = list(known)
    if name not in known:
        raise ProblemError(f"{where}: unknown name {name!r}{nearest(str(name), known)}")
    return name


def _text(value: Any, where: str) -> Mapping[str, str]:
    if not isinstance(value, dict) or set(value) != {"en", "zh"}:
        raise ProblemError(f"{where}: a text has the keys en and zh, not {value!r}")
    return value
