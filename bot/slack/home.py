"""Lists of escalations: the Home tab, and `/xero-error open`. Pure views."""

from collections.abc import Callable, Sequence

from bot.domain.escalations import Escalation, Status
from bot.domain.prose import cut
from bot.slack import blocks, wording
from bot.slack.blocks import Block
from bot.slack.cards import moment
from bot.slack.replies import Reply

MAX_LISTED = 15
"""A line has a link and up to 120 typed characters, each five where it is an &: fifteen of them fit into a message."""

Link = Callable[[str, str], str]
Listed = tuple[Sequence[Escalation], int]
"""Escalations, and how many there are in all."""


def open_list(found: Listed, link: Link, *, all_of_them: bool) -> Reply:
    """What is open or claimed, the oldest first; `all_of_them`: not only the reader's own."""
    title = wording.OPEN_TITLE if all_of_them else wording.OPEN_TITLE_OWN
    return Reply(title, [blocks.header(title), *_listed(found, link)])


def home(mine: Listed, others: Sequence[tuple[str, Listed]], link: Link) -> Block:
    """The Home tab: the reader's own first, then lists under their titles."""
    body = [blocks.section(wording.HOME_INTRO), blocks.header(wording.HOME_MINE), *_listed(mine, link)]
    for title, found in others:
        body += [blocks.divider(), blocks.header(title), *_listed(found, link)]
    return {"type": "home", "blocks": body}


def _listed(listed: Listed, link: Link) -> list[Block]:
    found, total = listed
    if not found:
        return [blocks.section(wording.NOTHING_LISTED)]
    lines = [blocks.section(_line(escalation, link)) for escalation in found[:MAX_LISTED]]
    rest = total - len(lines)
    return [*lines, blocks.context(wording.MORE_LISTED.format(count=rest))] if rest > 0 else lines


def _line(escalation: Escalation, link: Link) -> str:
    name = escalation.name
    if escalation.card_channel and escalation.card_ts:
        name = f"<{link(escalation.card_channel, escalation.card_ts)}|{name}>"
    given = escalation.details
    claimed = escalation.status is Status.CLAIMED
    standing = wording.LISTED_CLAIMED.format(user=escalation.claimant) if claimed else wording.LISTED[escalation.status]
    store, error = blocks.escape(cut(given.store, 40)), blocks.escape(cut(" ".join(given.error.split()), 80))
    return f"*{name}* {store} · {standing} · {moment(escalation.opened_at, '{ago}')}\n{error}"
