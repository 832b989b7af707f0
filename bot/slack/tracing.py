"""Which listener got what, at LOG_LEVEL=DEBUG: ids only, never what somebody wrote."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from bot.domain.reports import Report
from bot.slack.inbound import Click
from bot.slack.listening import Edit

log = logging.getLogger(__name__)

Given = ParamSpec("Given")
Made = TypeVar("Made")


def traced(listener: Callable[Given, Awaitable[Made]]) -> Callable[Given, Awaitable[Made]]:
    """The same listener, which says in the log when it is called."""
    func: Any = listener.func if isinstance(listener, partial) else listener
    name = f"{func.__module__.rpartition('.')[2]}.{func.__name__}"

    @wraps(func)
    async def call(*given: Given.args, **named: Given.kwargs) -> Made:
        log.debug("%s got %s", name, ", ".join(filter(None, map(_ids, given))) or "an event")
        return await listener(*given, **named)

    return call


def _ids(given: object) -> str:
    match given:
        case Report():
            return f"a report ({given.door}) in {given.channel} at {given.ts} by {given.user}"
        case Edit():
            return f"an edit in {given.report.channel} at {given.report.ts}"
        case Click():
            return f"a click in {given.channel or 'no channel'} by {given.user}"
        case _:
            return ""
