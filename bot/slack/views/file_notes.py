"""Notes in a reply about the files of its message: read, truncated, not read."""

from collections.abc import Sequence

from bot.domain.article_text import truncate
from bot.domain.attachments import FileText
from bot.slack.views import blocks, file_wording
from bot.slack.views.blocks import Block

MAX_NAME = 80
MAX_CONTEXT = 10


def read_in(reads: Sequence[FileText]) -> list[Block]:
    """Return a line for each file: whether and how far it was read."""
    lines = [
        file_wording.READ_IN.get(r.outcome, file_wording.NOT_READ).format(
            name=_name(r), size=r.size / 1e6
        )
        for r in reads
    ]
    return [blocks.context(*lines[:MAX_CONTEXT])] if lines else []


def unread(reads: Sequence[FileText]) -> str:
    """Return why no file has a text; empty if one has."""
    if any(read.is_read for read in reads):
        return ""
    return "\n".join(
        dict.fromkeys(file_wording.UNREAD[read.outcome].format(name=_name(read)) for read in reads)
    )


def _name(read: FileText) -> str:
    return f"*{blocks.escape(truncate(read.name, MAX_NAME))}*" if read.name else file_wording.FILE
