"""Which packages a process imported, from what Python itself prints of each import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

PRINTED: Mapping[str, str] = MappingProxyType({"PYTHONPROFILEIMPORTTIME": "1"})
"""The environment in which Python prints a line for each import on standard error."""
_LINE = re.compile(r"^import time: .*\| +(\S+).*\n?", re.MULTILINE)


def imported(errors: str) -> set[str]:
    """Returns the top-level packages in the lines of imports."""
    return {name.partition(".")[0] for name in imported_modules(errors)}


def imported_modules(errors: str) -> set[str]:
    """Returns the modules in the lines of imports."""
    return {*_LINE.findall(errors)} - {"imported"}


def without_imports(errors: str) -> str:
    """Returns the rest of standard error."""
    return _LINE.sub("", errors)
