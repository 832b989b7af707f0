"""SQLAlchemy's asyncio package without its ORM, which costs 6.5 MB and a tenth of a start.

The package imports the ORM for its sessions, which nothing here uses; asked for, they are there.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_PACKAGE = "sqlalchemy.ext.asyncio"
_WITH_ORM = tuple(f"{_PACKAGE}.{name}" for name in ("session", "scoping"))


class _Absent(ModuleType):
    """A module with every name, each of which is the module itself."""

    def __getattr__(self, name: str) -> "_Absent":
        if name.startswith("__"):
            raise AttributeError(name)
        return self


def import_asyncio() -> None:
    """Import the package, unless it is imported; what needs the ORM comes when it is used."""
    if _PACKAGE in sys.modules:
        return
    for name in _WITH_ORM:
        sys.modules[name] = _Absent(name)
    try:
        package = import_module(_PACKAGE)
    finally:
        for name in _WITH_ORM:
            del sys.modules[name]
    absent = [name for name, value in vars(package).items() if isinstance(value, _Absent)]
    for name in absent:
        delattr(package, name)

    def load(name: str) -> Any:
        if name not in absent:
            raise AttributeError(f"module {_PACKAGE!r} has no attribute {name!r}")
        for module in map(import_module, _WITH_ORM):
            vars(package).update((one, vars(module)[one]) for one in absent if one in vars(module))
        return getattr(package, name)

    package.__getattr__ = load  # type: ignore[method-assign]


import_asyncio()
