"""Files in copies of messages: pictures, links to others, and why one is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.article_text import truncate
from bot.domain.uploads import MAX_COPY_BYTES, UploadOutcome
from bot.slack.views import blocks, file_wording, ids, support_wording, wording
from bot.slack.views.blocks import Block

IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif"})
"""What Slack shows as an image (docs: slack file object)."""
MAX_FILES = 20
MAX_FILE_NAME = 100


@dataclass(frozen=True)
class ShownFile:
    """A file of a copy. `name`: empty if unknown; `link`: the copy's permalink; `image`: the copy's
    id, if Slack shows it as an image.
    """

    outcome: UploadOutcome
    name: str = ""
    link: str = ""
    image: str = ""


def file_blocks(files: Sequence[ShownFile], missing: str) -> list[Block]:
    """Return the blocks of the files; `missing`: the sentence for a file that was not copied."""
    shown, more = files[:MAX_FILES], len(files) - MAX_FILES
    body = [_image(file) if file.image else _line(file, missing) for file in shown]
    return (
        body if more <= 0 else [*body, blocks.context(wording.count(file_wording.FILES_MORE, more))]
    )


def reason_of(file: ShownFile) -> str:
    """Return why a file was not copied, as a part of a sentence."""
    most = MAX_COPY_BYTES // 1_000_000
    return file_wording.FILE_REASONS[file.outcome].format(name=_name(file), most=most)


def without_images(files: Sequence[ShownFile]) -> list[ShownFile]:
    """Return the files with links only, for when Slack refuses an image."""
    return [ShownFile(file.outcome, file.name, file.link) for file in files]


def confirmation(private: str) -> Block:
    """Return the modal that asks before files go where another company may read."""
    return blocks.modal(
        ids.VIEW_FILES,
        support_wording.FILES_ASK_TITLE,
        [blocks.section(support_wording.FILES_ASK)],
        close=wording.CANCEL,
        submit=support_wording.FILES_SEND,
        private=private,
    )


def _image(file: ShownFile) -> Block:
    name = truncate(file.name, MAX_FILE_NAME) or file.image
    return {
        "type": "image",
        "slack_file": {"id": file.image},
        "alt_text": name,
        "title": blocks.plain_text(name),
    }


def _line(file: ShownFile, missing: str) -> Block:
    if file.outcome is not UploadOutcome.COPIED:
        return blocks.context(missing.format(reason=reason_of(file)))
    # Slack shares a file where the bot posts its permalink (bolt-python 1018)
    label = _name(file).replace("|", " ")
    return blocks.section(f":paperclip: <{blocks.escape(file.link)}|{label}>")


def _name(file: ShownFile) -> str:
    return blocks.escape(truncate(file.name, MAX_FILE_NAME)) or file_wording.FILE_NAMELESS
