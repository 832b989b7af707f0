"""Paging of long lists: the position, and the buttons *Previous* and *Next*. Pure views."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.slack.views import blocks, wording
from bot.slack.views.blocks import Block


@dataclass(frozen=True)
class Page:
    """A page of a list: `shown` items after the first `offset`, of `total`; `size`: a full page."""

    offset: int
    shown: int
    total: int
    size: int

    def buttons(
        self, action_id: str, value: Callable[[int], str], block_id: str = ""
    ) -> list[Block]:
        """Return the position and the buttons; an empty list if everything is shown.

        `value` returns a button's value for the offset of its page. `block_id`: needed if a view
        has several lists.
        """
        if self.total <= self.shown:
            return []
        last = self.offset + self.shown
        row = []
        if self.offset > 0:
            before = max(0, self.offset - self.size)
            row.append(blocks.button(wording.PREVIOUS, f"{action_id}.previous", value(before)))
        if last < self.total:
            row.append(blocks.button(wording.NEXT, f"{action_id}.next", value(last)))
        text = wording.PAGE.format(first=self.offset + 1, last=last, total=self.total)
        return [blocks.context(text), blocks.actions(block_id or action_id, *row)]


def offset_of(text: str) -> int:
    """Return the offset in a button's value; 0 if malformed."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
