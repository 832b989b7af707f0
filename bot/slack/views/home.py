"""Lists of escalations: the Home tab, and `/xero-error open`. Pure views."""

from collections.abc import Callable, Sequence

from bot.domain.article_text import truncate
from bot.domain.cases import EscalationPage
from bot.domain.escalations import Escalation, Status
from bot.slack.views import blocks, ids, list_wording, requester_wording, support_wording, wording
from bot.slack.views.blocks import Block
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.paging import Page
from bot.slack.views.shop_names import shop_or_requester
from bot.slack.views.times import moment

PAGE_SIZE = 15
"""Fifteen lines fit into a message: each has a link and 120 typed characters (`&` counts as 5)."""

Link = Callable[[str, str, str | None], str]
"""Returns the permalink of channel, ts and thread."""
Offsets = tuple[int, ...]
"""Per list of the Home tab: how many escalations come before the page."""


def open_list(listed: EscalationPage, link: Link, *, all_of_them: bool) -> OutgoingMessage:
    """Return the open and claimed escalations; `all_of_them`: not only the reader's own."""
    title = support_wording.OPEN_TITLE if all_of_them else list_wording.OPEN_TITLE_OWN
    nothing = support_wording.OPEN_NOTHING if all_of_them else list_wording.OPEN_NOTHING_OWN
    lines = _lines(listed, link, support=all_of_them)
    buttons = _page(listed).buttons(ids.ACTION_OPEN_PAGE, str)
    return _list(title, lines, nothing, buttons)


def own_list(listed: EscalationPage, link: Link) -> OutgoingMessage:
    """Return the first page of a person's own escalations, with links to where they asked."""
    lines = _lines(listed, link, support=False)
    return _list(list_wording.OPEN_TITLE_OWN, lines, list_wording.OPEN_NOTHING_OWN)


def _list(
    title: str, lines: Sequence[Block], nothing: str, buttons: Sequence[Block] = ()
) -> OutgoingMessage:
    """Return a list; where it is empty, its notification says so too."""
    body = [blocks.header(title), *(lines or [blocks.section(nothing)]), *buttons]
    return OutgoingMessage(title if lines else nothing, body)


def home(lists: Sequence[tuple[str, EscalationPage]], link: Link, *, support: bool) -> Block:
    """Return the Home tab: the lists that are not empty, under their titles."""
    offsets = tuple(listed.offset for _, listed in lists)
    help_button = blocks.button(requester_wording.GET_HELP, ids.ACTION_GET_HELP, "home")
    body = [blocks.section(list_wording.HOME_INTRO), blocks.actions("help", help_button)]
    nothing_listed = len(body)
    for index, (title, listed) in enumerate(lists):
        if listed.found:
            body += [blocks.divider(), blocks.header(title), *_lines(listed, link, support=support)]
            body += _paged(listed, index, offsets)
    if len(body) == nothing_listed:
        body += [
            blocks.divider(),
            blocks.section(
                support_wording.HOME_NOTHING_SUPPORT if support else list_wording.HOME_NOTHING
            ),
        ]
    return {"type": "home", "blocks": body}


def _paged(listed: EscalationPage, index: int, offsets: Offsets) -> list[Block]:
    """Return the buttons under one list; the other lists keep their pages."""

    def value(offset: int) -> str:
        return " ".join(map(str, (*offsets[:index], offset, *offsets[index + 1 :])))

    return _page(listed).buttons(ids.ACTION_HOME_PAGE, value, f"{ids.ACTION_HOME_PAGE}.{index}")


def _page(listed: EscalationPage) -> Page:
    return Page(listed.offset, len(listed.found), listed.total, PAGE_SIZE)


def _lines(listed: EscalationPage, link: Link, *, support: bool) -> list[Block]:
    to = link_to_card if support else link_to_note
    return [blocks.section(_line(escalation, to(escalation, link))) for escalation in listed.found]


def link_to_card(escalation: Escalation, link: Link) -> str:
    """Return the permalink of the card; empty until it is posted."""
    if escalation.card_channel and escalation.card_ts:
        return link(escalation.card_channel, escalation.card_ts, None)
    return ""


def link_to_note(escalation: Escalation, link: Link) -> str:
    """Return the permalink of the note, which its requester can open; empty until it is posted."""
    note = escalation.note
    return link(note.channel, note.ts, note.thread) if note else ""


def _line(escalation: Escalation, address: str) -> str:
    name = f"<{blocks.escape(address)}|{escalation.name}>" if address else escalation.name
    details = escalation.details
    claimed = escalation.status is Status.CLAIMED
    status = (
        list_wording.LISTED_CLAIMED.format(user=escalation.claimant)
        if claimed
        else list_wording.LISTED[escalation.status]
    )
    shop = shop_or_requester(escalation, 40)
    error = blocks.escape(truncate(" ".join(details.error.split()), 80))
    urgency = wording.URGENCIES[details.urgency]
    return (
        f"*{name}* {shop} · {urgency} · {status} · {moment(escalation.opened_at, '{ago}')}\n{error}"
    )
