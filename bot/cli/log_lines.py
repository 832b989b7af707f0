"""The log: its set-up, the filter that adds ids to lines, and the two forms of a line."""

import json
import logging
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePath
from traceback import walk_tb
from types import TracebackType
from typing import Any, TextIO

from bot.log_fields import noted

TEXT = "text"
JSON = "json"
MAX_CAUSES = 5
"""Exceptions of one line that are named; a chain may be endless."""

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def log_to_stderr(level: str, form: str = TEXT) -> None:
    """Write log lines to standard error; those of libraries only if they are warnings."""
    handler = handler_of(form)
    handler.addFilter(_own_or_quiet)
    logging.basicConfig(level=level, handlers=[handler])


def handler_of(form: str, stream: TextIO | None = None) -> logging.Handler:
    """Return a handler that writes lines of that form to a stream; None: standard error."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if form == JSON else TextLines())
    handler.addFilter(add_fields)
    return handler


def add_fields(record: logging.LogRecord) -> bool:
    """Add to a line the ids that the lines of its task belong to; always True.

    A filter of the handler and not of a logger, so that it sees the lines of libraries too.
    """
    own = _fields(record)
    record.fields = {**own, **{name: id_ for name, id_ in noted().items() if name not in own}}
    return True


class TextLines(logging.Formatter):
    """Lines for people; the fields follow the message: `[interaction=12 door=channel ms=412]`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Return the line of a record, without its exception."""
        line = super().formatMessage(record)
        found = " ".join(f"{name}={_word(value)}" for name, value in _fields(record).items())
        return f"{line} [{found}]" if found else line

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - logging's name
        """Return an exception as `described` does."""
        return described(ei[1])


class JsonLines(logging.Formatter):
    """Lines for programs, a JSON object each: time, level, logger, message and the fields.

    Any value makes a valid line. Names of fields are the program's own, so none hides the others.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the object of a record as ASCII, without a line break."""
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if record.exc_info and record.exc_info[1]:
            line["exception"] = described(record.exc_info[1])
        if record.stack_info:
            line["stack"] = record.stack_info
        for name, value in _fields(record).items():
            line.setdefault(name, value)
        return json.dumps(_plain(line), allow_nan=False)


def described(error: BaseException | None) -> str:
    """Return an exception's type and where it was raised, and those of its causes.

    Not its text: that may quote what people pasted, such as the parameters of a statement.
    """
    return "; after ".join(
        f"{type(one).__name__} at {' > '.join(_frames(one.__traceback__)) or 'no line'}"
        for one in _chain(error)
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(MAX_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in walk_tb(trace):
        yield f"{PurePath(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a library's arguments may not fit, or may be broken
        return str(record.msg)


def _fields(record: logging.LogRecord) -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(record, "fields", {})
    return found


def _word(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _plain(value: Any) -> Any:
    """Return a value that JSON has; a half of a surrogate pair, which UTF-8 lacks, becomes `?`."""
    match value:
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case Mapping():
            return {_plain(str(name)): _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return str(value).encode("utf-8", "replace").decode("utf-8")


def _own_or_quiet(record: logging.LogRecord) -> bool:
    """Whether a log line is ours, or at a level at which libraries do not log request bodies."""
    if record.name.partition(".")[0] == "bot":
        return True
    level = logging.ERROR if record.name.startswith("slack_bolt") else logging.WARNING
    return record.levelno >= level
