"""Notes in a reply about the files of its message: read, truncated, not read."""

from collections.abc import Mapping, Sequence

from bot.domain.article_text import truncate
from bot.domain.attachments import FileKind, FileText, ReadOutcome, file_kind
from bot.slack.views import blocks, file_wording
from bot.slack.views.blocks import Block

MAX_NAME = 80
MAX_CONTEXT = 10


def read_in(reads: Sequence[FileText]) -> list[Block]:
    """Return a line for each file: whether and how far it was read."""
    lines = [
        _sentence(file_wording.READ_IN, file_wording.READ_IN_PDF, read).format(
            name=_name(read), size=read.size / 1e6
        )
        for read in reads
    ]
    return [blocks.context(*lines[:MAX_CONTEXT])] if lines else []


def unread(reads: Sequence[FileText]) -> str:
    """Return why no file has a text; empty if one has."""
    if any(read.is_read for read in reads):
        return ""
    return "\n".join(
        dict.fromkeys(
            _sentence(file_wording.UNREAD, file_wording.UNREAD_PDF, read).format(name=_name(read))
            for read in reads
        )
    )


def _sentence(
    general: Mapping[ReadOutcome, str], of_pdf: Mapping[ReadOutcome, str], read: FileText
) -> str:
    sentence = general.get(read.outcome, file_wording.NOT_READ)
    is_pdf = file_kind(read.name) is FileKind.PDF
    return of_pdf.get(read.outcome, sentence) if is_pdf else sentence


def _name(read: FileText) -> str:
    return f"*{blocks.escape(truncate(read.name, MAX_NAME))}*" if read.name else file_wording.FILE
