"""What a worker may import, and what is imported before it is one."""

import contextlib
import importlib
import importlib.abc
import importlib.machinery
import pkgutil
import sys
import types
import warnings
from collections.abc import Iterable, Sequence

# What most submissions import, so that it need not be read again in each worker.
WARM = (
    *("abc", "collections", "contextlib", "copy", "dataclasses", "enum", "functools", "io"),
    *("itertools", "linecache", "math", "operator", "random", "time", "typing", "warnings"),
    *("encodings.utf_8_sig", "encodings.gbk", "encodings.latin_1", "encodings.ascii"),
    "numpy.random",  # NumPy itself loads it late: 10 ms in every worker
)
# Where a worker may open no file, whatever it may import must be here before. Left out is what
# opens windows, installs, or prints when it is imported.
LEFT_OUT = {
    *("antigravity", "this", "idlelib", "tkinter", "turtle", "turtledemo", "lib2to3", "ensurepip"),
    *("venv", "pydoc_data", "distutils", "test"),
}
NOTHING = "no_module_has_this_name"
OF_NUMPY = ("fft", "random", "polynomial", "ma", "testing", "typing", "ctypeslib", "rec", "char")


class AllowedPackages(importlib.abc.MetaPathFinder):
    """Finds the packages a problem allows, and no other that may lie in the same directory."""

    def __init__(self, places: dict[str, str]) -> None:
        self.places = places

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the spec of an allowed top-level package."""
        if path is None and name in self.places:
            return importlib.machinery.PathFinder.find_spec(name, [self.places[name]], target)
        return None


class NothingMore(importlib.abc.MetaPathFinder):
    """Says why a module cannot be imported where no file can be opened."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> None:
        """Raise ImportError for whatever exists but is not loaded."""
        del path, target
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top in sys.modules:
            raise ImportError(
                f"{name} is not available on this machine: it has no Landlock, so only modules "
                "that were loaded beforehand can be imported",
                name=name,
            )


def look_again(places: Iterable[str]) -> None:
    """Have finders list the folders as they are now; a worker may read what is in them, not list.

    places: folders of packages, beside those that were looked into already.
    """
    importlib.machinery.PathFinder.find_spec(NOTHING, [*places])
    for finder in sys.path_importer_cache.values():
        if finder is not None:
            finder.find_spec(NOTHING)


def import_all(names: Iterable[str]) -> None:
    """Import what is there of these."""
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def import_everything() -> None:
    """Import what a submission may import, codecs included; a third of a second."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import_all(sorted(n for n in sys.stdlib_module_names - LEFT_OUT if n[0] != "_"))
        for package in ("encodings", "concurrent.futures", "importlib", "json", "xml.etree"):
            path = importlib.import_module(package).__path__
            found = sorted(m.name for m in pkgutil.iter_modules(path) if m.name != "__main__")
            import_all([f"{package}.{name}" for name in found])
        import_all([f"numpy.{name}" for name in OF_NUMPY])
        numpy = sys.modules.get("numpy")
        for name in getattr(numpy, "__all__", ()):  # some are loaded when they are asked for
            getattr(numpy, name, None)
