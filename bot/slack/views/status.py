"""The status of one escalation, as `/xero-error status` shows it. A pure view."""

from collections.abc import Sequence

from bot.domain.article_text import truncate
from bot.domain.escalation_history import last_of
from bot.domain.escalations import Change, Escalation, Status, Verb
from bot.slack.views import blocks, requester_wording, support_wording, wording
from bot.slack.views.escalation_card import status_line
from bot.slack.views.home import Link, link_to_card, link_to_note
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.shop_names import shop_or_requester
from bot.slack.views.times import moment

MAX_ERROR = 300


def status(
    escalation: Escalation, history: Sequence[Change], link: Link, *, for_support: bool
) -> OutgoingMessage:
    """Return status, last answer and error; with a link to the card, or to the requester's note."""
    title = requester_wording.STATUS_TITLE.format(
        name=escalation.name,
        store=shop_or_requester(escalation, 60),
        urgency=wording.URGENCIES[escalation.details.urgency],
    )
    lines = [title, status_line(escalation, history), *_last_answer(history)]
    if escalation.card_ts is None and escalation.status is Status.OPEN:
        lines.append(requester_wording.NOTE_WAITING.format(name=escalation.name))
    if for_support and (card := link_to_card(escalation, link)):
        lines.append(f"<{blocks.escape(card)}|{support_wording.STATUS_CARD}>")
    elif not for_support and (note := link_to_note(escalation, link)):
        lines.append(f"<{blocks.escape(note)}|{requester_wording.STATUS_CONVERSATION}>")
    body = [blocks.section("\n".join(lines))]
    if error := escalation.details.error:
        body.append(blocks.rich_text(blocks.quote(truncate(error, MAX_ERROR))))
    return OutgoingMessage("\n".join(lines[:2]), body)


def _last_answer(history: Sequence[Change]) -> list[str]:
    answer = last_of(history, Verb.RELAY, Verb.ANSWER)
    if answer is None:
        return []
    since = moment(answer.at, "{ago}")
    return [requester_wording.STATUS_ANSWERED.format(user=wording.who(answer.actor), since=since)]
