"""Lists of escalations: the Home tab, and `/xero-error open`. Pure views."""

from collections.abc import Callable, Sequence

from bot.domain.article_text import truncate
from bot.domain.cases import EscalationPage
from bot.domain.escalations import Escalation, Status
from bot.slack.views import blocks, ids, wording
from bot.slack.views.blocks import Block
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.paging import Page
from bot.slack.views.shop_names import shop_or_requester
from bot.slack.views.times import moment

PAGE_SIZE = 15
"""A line has a link and up to 120 typed characters, each five where it is an &: fifteen of them fit into a message."""

Link = Callable[[str, str], str]
Offsets = tuple[int, ...]
"""How many escalations come before the page of each list of the Home tab."""


def open_list(listed: EscalationPage, link: Link, *, all_of_them: bool) -> OutgoingMessage:
    """What is open or claimed; `all_of_them`: not only the reader's own."""
    title = wording.OPEN_TITLE if all_of_them else wording.OPEN_TITLE_OWN
    nothing = wording.OPEN_NOTHING if all_of_them else wording.OPEN_NOTHING_OWN
    lines = _lines(listed, link) or [blocks.section(nothing)]
    return OutgoingMessage(
        title, [blocks.header(title), *lines, *_page(listed).buttons(ids.ACTION_OPEN_PAGE, str)]
    )


def home(lists: Sequence[tuple[str, EscalationPage]], link: Link, *, support: bool) -> Block:
    """The Home tab: lists under their titles, those without an escalation left out."""
    offsets = tuple(listed.offset for _, listed in lists)
    body = [blocks.section(wording.HOME_INTRO)]
    for index, (title, listed) in enumerate(lists):
        if listed.found:
            body += [blocks.divider(), blocks.header(title), *_lines(listed, link)]
            body += _paged(listed, index, offsets)
    if len(body) == 1:
        body += [
            blocks.divider(),
            blocks.section(wording.HOME_NOTHING_SUPPORT if support else wording.HOME_NOTHING),
        ]
    return {"type": "home", "blocks": body}


def _paged(listed: EscalationPage, index: int, offsets: Offsets) -> list[Block]:
    """The buttons under one list; the other lists keep their pages."""

    def value(offset: int) -> str:
        return " ".join(map(str, (*offsets[:index], offset, *offsets[index + 1 :])))

    return _page(listed).buttons(ids.ACTION_HOME_PAGE, value, f"{ids.ACTION_HOME_PAGE}.{index}")


def _page(listed: EscalationPage) -> Page:
    return Page(listed.offset, len(listed.found), listed.total, PAGE_SIZE)


def _lines(listed: EscalationPage, link: Link) -> list[Block]:
    return [blocks.section(_line(escalation, link)) for escalation in listed.found]


def _line(escalation: Escalation, link: Link) -> str:
    name = escalation.name
    if escalation.card_channel and escalation.card_ts:
        name = f"<{link(escalation.card_channel, escalation.card_ts)}|{name}>"
    given = escalation.details
    claimed = escalation.status is Status.CLAIMED
    status = (
        wording.LISTED_CLAIMED.format(user=escalation.claimant)
        if claimed
        else wording.LISTED[escalation.status]
    )
    shop = shop_or_requester(escalation, 40)
    error = blocks.escape(truncate(" ".join(given.error.split()), 80))
    urgency = wording.URGENCIES[given.urgency]
    return (
        f"*{name}* {shop} · {urgency} · {status} · {moment(escalation.opened_at, '{ago}')}\n{error}"
    )
