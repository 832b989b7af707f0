"""What a reply says about the files of a message: read, cut, refused."""

from collections.abc import Sequence

from bot.domain.article_text import truncate
from bot.domain.attachments import FileText
from bot.slack.views import blocks, wording
from bot.slack.views.blocks import Block

MAX_NAME = 80
MAX_CONTEXT = 10


def read_in(reads: Sequence[FileText]) -> list[Block]:
    """Which files the words above are from, and which were not read."""
    lines = [
        wording.READ_IN.get(r.outcome, wording.NOT_READ).format(name=_name(r), size=r.size / 1e6)
        for r in reads
    ]
    return [blocks.context(*lines[:MAX_CONTEXT])] if lines else []


def unread(reads: Sequence[FileText]) -> str:
    """Why no file had any words to judge; empty if one had."""
    if any(read.is_read for read in reads):
        return ""
    return "\n".join(
        dict.fromkeys(wording.UNREAD[read.outcome].format(name=_name(read)) for read in reads)
    )


def _name(read: FileText) -> str:
    return f"*{blocks.escape(truncate(read.name, MAX_NAME))}*" if read.name else wording.FILE
