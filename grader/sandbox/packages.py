"""Which packages a submission may import: those of its problem, and what these bring along."""

import importlib.machinery
import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import SandboxError

if TYPE_CHECKING:
    from importlib import metadata

WORKER = "numpy"  # what every worker imports itself; it requires nothing else


def missing(packages: Iterable[str]) -> str:
    """Return how to install the packages that are not installed, or an empty string."""
    absent = [p for p in packages if importlib.util.find_spec(p) is None]
    return f"needs {', '.join(absent)}: pip install {' '.join(absent)}" if absent else ""


def places(packages: Iterable[str]) -> dict[str, str]:
    """Return the directory that holds each package, and each that one of them requires.

    Raises SandboxError if one of `packages` is not installed.
    """
    packages = list(packages)
    if lacking := missing(packages):
        raise SandboxError(f"this problem {lacking}")
    names = [*packages, *_brought_along(p for p in packages if p != WORKER)]
    specs = {n: importlib.util.find_spec(n) for n in names}
    return {n: _directory(spec) for n, spec in specs.items() if spec and spec.origin}


def origin(package: str) -> str:
    """Return the first file of an installed package, or an empty string."""
    spec = importlib.util.find_spec(package)
    return spec.origin or "" if spec else ""


def _directory(spec: importlib.machinery.ModuleSpec) -> str:
    file = Path(str(spec.origin))
    return str(file.parent.parent if spec.submodule_search_locations else file.parent)


def _brought_along(packages: Iterable[str]) -> list[str]:
    """Return the import names of what is installed with the packages and all they require."""
    todo, seen, names = list(packages), set(), []
    if not todo:
        return []
    from importlib import metadata  # noqa: PLC0415  # slow to import, and mostly not needed

    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # not for this machine, or not installed as one
            continue
        names += _import_names(distribution)
        required = (r for r in distribution.requires or () if "extra ==" not in r)
        todo += [re.split(r"[^\w.-]", r, maxsplit=1)[0] for r in required]
    return names


def _import_names(distribution: "metadata.Distribution") -> list[str]:
    listed = distribution.read_text("top_level.txt")
    if listed is not None:
        return listed.split()
    top = {f.parts[0].removesuffix(".py") for f in distribution.files or () if f.suffix == ".py"}
    return sorted(n for n in top if n.isidentifier())
