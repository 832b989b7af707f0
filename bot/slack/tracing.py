"""Which listener got what, at LOG_LEVEL=DEBUG: ids only, never what somebody wrote."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from bot.domain.reports import Report
from bot.slack.incoming.events import Click
from bot.slack.incoming.filters import Deletion, Edit

log = logging.getLogger(__name__)

Given = ParamSpec("Given")
Made = TypeVar("Made")


def traced(
    kind: str, listener: Callable[Given, Awaitable[Made]]
) -> Callable[Given, Awaitable[Made]]:
    """The same listener, which says in the log when it is called. `kind`: what it gets, such as "a click"."""
    func: Any = listener.func if isinstance(listener, partial) else listener
    name = f"{func.__module__.rpartition('.')[2]}.{func.__name__}"

    @wraps(func)
    async def call(*given: Given.args, **named: Given.kwargs) -> Made:
        log.debug("%s got %s %s", name, kind, next(filter(None, map(_ids, given)), "without ids"))
        return await listener(*given, **named)

    return call


def _ids(given: object) -> str:
    match given:
        case Report():
            return f"in {given.channel} at {given.key} by {given.user} ({given.trigger})"
        case Edit():
            return f"in {given.report.channel} at {given.report.key}"
        case Deletion():
            return f"in {given.channel} at {given.ts}"
        case Click():
            return f"in {given.channel} by {given.user}" if given.channel else f"by {given.user}"
        case _:
            return ""
