"""Long lists, a page at a time: what is shown of how many, with the buttons to the rest. Pure views."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.slack.views import blocks, wording
from bot.slack.views.blocks import Block


@dataclass(frozen=True)
class Page:
    """The items `first` to `last` of `total`, counted from 1, where a page takes `size`."""

    offset: int
    shown: int
    total: int
    size: int

    def buttons(
        self, action_id: str, value: Callable[[int], str], block_id: str = ""
    ) -> list[Block]:
        """Where the reader is, and Previous and Next as far as there are such pages; nothing where all is shown.

        `value` returns what a button carries, from the number of items before its page. `block_id`: where a view has
        several lists.
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
    """The offset that a button carried; 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
