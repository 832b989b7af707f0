"""The text of blocks as it is read out. Pure."""

from collections.abc import Iterable, Iterator

from bot.slack.views.blocks import Block


def read_out(body: Iterable[Block]) -> Iterator[str]:
    """Yield the paragraphs and list items of the rich_text blocks, each on one line."""
    for block in body:
        if block["type"] in {"rich_text", "rich_text_list"}:
            yield from read_out(block["elements"])
        elif block["type"].startswith("rich_text_"):
            yield " ".join("".join(run["text"] for run in block["elements"]).split())
