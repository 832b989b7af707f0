"""Fields of log lines: what one line says, and the ids of what all lines of a task belong to.

A field holds an id, a number or a word of the program's own: no text that people wrote, no name,
no id of a person. Its values are what `LOG_FORMAT=json` writes as JSON.
"""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any

Value = str | int | float | Sequence[str] | Sequence[int] | None
_NONE: Mapping[str, Value] = {}
_belonging: ContextVar[Mapping[str, Value]] = ContextVar("belonging", default=_NONE)


def begin(ids: Mapping[str, Value] = _NONE) -> None:
    """Forget what this task noted before, and have the lines that follow belong to `ids`."""
    _belonging.set(ids)


def note(**ids: Value) -> None:
    """Have the lines that follow in this task belong to these ids too."""
    _belonging.set({**_belonging.get(), **ids})


def noted() -> Mapping[str, Value]:
    """Return the ids that lines of this task belong to."""
    return _belonging.get()


def fields(**values: Value) -> dict[str, Any]:
    """Return the argument `extra` of a log call; fields of the value None are left out."""
    return {"fields": {name: value for name, value in values.items() if value is not None}}
