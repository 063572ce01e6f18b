"""Finds the modules of a folder, and entry points of outsiders: there is no list to edit.

Nothing is imported until it is asked for, and then only once.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import EntryPoints, entry_points
from importlib.util import find_spec
from types import ModuleType


@cache
def names(package: str) -> tuple[str, ...]:
    """Names of the modules in `package` and of the entry points in the group `hubbub.<last part of package>`, sorted."""
    folder = importlib.import_module(package)
    own = {module.name for module in pkgutil.iter_modules(folder.__path__) if not module.name.startswith("_")}
    return tuple(sorted(own | {point.name for point in _entry_points(package)}))


@cache
def module(package: str, name: str) -> ModuleType:
    """The module of that name; the project's own one wins over an entry point. KeyError when there is none."""
    if name not in names(package):
        raise KeyError(name)
    for point in _entry_points(package):
        if point.name == name and not _is_own(package, name):
            loaded = point.load()
            assert isinstance(loaded, ModuleType), f"entry point {name} of hubbub is not a module"
            return loaded
    return importlib.import_module(f"{package}.{name}")


def modules(package: str) -> dict[str, ModuleType]:
    """All of them by name, imported."""
    return {name: module(package, name) for name in names(package)}


def _is_own(package: str, name: str) -> bool:
    return find_spec(f"{package}.{name}") is not None


def _entry_points(package: str) -> EntryPoints:
    return entry_points(group=f"hubbub.{package.rpartition('.')[2]}")
