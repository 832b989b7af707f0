"""Copies of messages between the requester's thread and the card's thread.

Their texts are not escaped: they came from Slack, or are stored as if they had, escaped already.
"""

from collections.abc import Iterator, Sequence

from bot.domain.article_text import truncate
from bot.domain.cases import Case
from bot.domain.relays import Relay, RelayKind
from bot.slack.views import blocks, requester_wording, support_wording, wording
from bot.slack.views.blocks import Block
from bot.slack.views.fitting import fitting
from bot.slack.views.mrkdwn import mention_of, without_mentions_except
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.relay_files import ShownFile, file_blocks, without_images

MAX_RELAY = 5_000
MAX_NAME = 80


def answer(case: Case, relay: Relay, files: Sequence[ShownFile] = ()) -> OutgoingMessage:
    """Return support's answer for the requester's thread; only the requester is mentioned."""
    sender = f"<@{relay.sender}>"
    if relay.kind is RelayKind.HELPDESK:
        sender = blocks.escape(truncate(relay.author, MAX_NAME)) or requester_wording.SOMEBODY
    intro = requester_wording.RELAYED.format(
        user=case.escalation.requester, sender=sender, name=case.escalation.name
    )
    text = without_mentions_except(
        case.escalation.requester, relay.text, requester_wording.RELAYED_SOMEBODY
    )
    return _with_files(intro, [intro, text], files, requester_wording.FILE_MISSING)


def for_support(
    relay: Relay, name: str, link: str | None, files: Sequence[ShownFile] = ()
) -> OutgoingMessage:
    """Return a message of the requester's thread for the card's thread; it mentions nobody.

    `name`: the sender's, empty if unknown; `link`: where the message is, None if support cannot
    open it.
    """
    text = support_wording.COPIED[relay.kind].format(
        name=blocks.escape(truncate(name, MAX_NAME)) or support_wording.COPIED_SOMEBODY
    )
    intro = (
        f"{text} {support_wording.COPIED_LINK.format(link=blocks.escape(link))}" if link else text
    )
    if relay.files and not files:
        intro = f"{intro}\n{wording.count(support_wording.COPIED_FILES, len(relay.files))}"
    words = without_mentions_except("", relay.text, support_wording.COPIED_MENTION)
    return _with_files(text, [intro, words], files, support_wording.FILE_MISSING)


def _with_files(
    notification: str, texts: Sequence[str], files: Sequence[ShownFile], missing: str
) -> OutgoingMessage:
    """Return a message of intro, words and files; without images if Slack refuses one.

    `missing`: the sentence for a file that was not copied.
    """
    intro, words = texts

    def body(shown: Sequence[ShownFile]) -> list[Block]:
        return fitting(
            lambda share: [
                *map(blocks.section, [intro, *_pieces(truncate(words, round(len(words) * share)))]),
                *file_blocks(shown, missing),
            ],
        )

    brief = body(without_images(files)) if files else []
    return OutgoingMessage(notification, body(files), brief, shares_files=bool(files))


def new_messages(case: Case, count: int, mention: Sequence[str]) -> OutgoingMessage:
    """Return the mention of who has the escalation: there are `count` new messages."""
    text = wording.count(support_wording.NEW_MESSAGES, count).format(
        whom=" ".join(map(mention_of, mention)), name=case.escalation.name
    )
    return OutgoingMessage(text.strip(), [blocks.section(text.strip())])


def _pieces(text: str) -> Iterator[str]:
    text = text.strip()
    while text:
        piece = truncate(text, blocks.MAX_PLAIN, "")
        yield piece
        text = text[len(piece) :].lstrip()
