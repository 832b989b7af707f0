"""Sizes of messages and views, and blocks with as much text as Slack accepts. Pure."""

import json
from collections.abc import Callable, Sequence

from bot.slack.views.blocks import Block

MAX_JSON = 13_000
"""Slack refuses messages from about 13,200 characters of JSON on: a quotation mark counts twice."""
MAX_VIEW = 200_000
"""Slack refuses views of more than 250 KB; the rest is for what surrounds the blocks."""
MAX_VIEW_BLOCKS = 100
_SHARES = (1.0, 0.7, 0.45, 0.3, 0.15, 0.05, 0.005)


def length(body: Sequence[Block]) -> int:
    """Return the length as Slack counts it: characters of the compact JSON."""
    return len(json.dumps(body, ensure_ascii=False, separators=(",", ":")))


def view_length(body: Sequence[Block]) -> int:
    """Return the length of a view's blocks as they are sent: an emoji counts 12."""
    return len(json.dumps(body))


def fitting(make: Callable[[float], list[Block]]) -> list[Block]:
    """Return a message's blocks from `make` with the largest share of texts that Slack accepts."""
    return _fitting(make, lambda body: length(body) <= MAX_JSON)


def fitting_view(make: Callable[[float], list[Block]]) -> list[Block]:
    """Return a view's blocks from `make` with the largest share of texts that Slack accepts."""
    return _fitting(
        make, lambda body: view_length(body) <= MAX_VIEW and len(body) <= MAX_VIEW_BLOCKS
    )


def _fitting(
    make: Callable[[float], list[Block]], accepted: Callable[[list[Block]], bool]
) -> list[Block]:
    for share in _SHARES:
        body = make(share)
        if accepted(body):
            break
    return body
