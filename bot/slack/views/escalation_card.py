"""The card of an escalation, for support, and the reminders under it."""

from collections.abc import Sequence
from functools import partial

from bot.domain import escalation_labels
from bot.domain.article_text import truncate
from bot.domain.cases import Case
from bot.domain.escalation_history import first_answer, last_of, last_step
from bot.domain.escalations import CLOSED, Change, Details, Escalation, Status, Verb
from bot.domain.feedback import Vote
from bot.domain.verdicts import matches_of
from bot.slack.views import blocks, ids, requester_wording, support_wording, wording
from bot.slack.views.blocks import Block
from bot.slack.views.card_history import history_lines
from bot.slack.views.fitting import fitting
from bot.slack.views.mrkdwn import mention_of
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.shop_names import shop_or_requester
from bot.slack.views.times import moment

MAX_ERROR = 1_600
MAX_COMMENT = 700
MAX_FACT = 250
"""These three shrink together if a card would be too long for Slack."""
MAX_BRIEF = 300
MAX_BOX = 3_000
"""Characters of an answer in the box, as Slack's inputs take at most."""
MAX_COMPLAINTS = 3


def card(case: Case, link: str | None, mention: Sequence[str]) -> OutgoingMessage:
    """Return the card. Everything a person typed is in plain text."""
    body = fitting(partial(_body, case, link, mention))
    return OutgoingMessage(_notification(case.escalation), body, _brief(case, link))


def _brief(case: Case, link: str | None) -> list[Block]:
    """Return the indispensable part, for when Slack refuses the full card as too long."""
    title = f"{case.escalation.name}: {truncate(case.escalation.shop_name, MAX_BRIEF)}"
    return [
        blocks.section(blocks.escape(title)),
        blocks.section(status_line(case.escalation, case.history)),
        _conversation(case, link),
        _quoted(escalation_labels.ERROR, case.escalation.details.error, MAX_BRIEF),
        blocks.actions("decide", *_decisions(case)),
        *_reply_box(case),
        blocks.context(support_wording.CARD_SHORTENED),
    ]


def _conversation(case: Case, link: str | None) -> Block:
    thread = (
        f"<{link}|{support_wording.CARD_THREAD_LINK}>" if link else support_wording.CARD_PRIVATE
    )
    requester = f"<@{case.escalation.requester}>"
    return blocks.fields(
        (support_wording.CARD_REQUESTER, requester), (support_wording.CARD_THREAD, thread)
    )


def _body(case: Case, link: str | None, mention: Sequence[str], share: float) -> list[Block]:
    """Return the card's blocks. `share`: the part of people's texts that is shown, 0 to 1."""
    escalation, details = case.escalation, case.escalation.details
    comment_limit = round(MAX_COMMENT * share)
    urgency = wording.URGENCIES[details.urgency]
    body = [
        blocks.header(
            support_wording.CARD_TITLE.format(
                urgency=urgency, name=escalation.name, store=escalation.shop_name
            )
        )
    ]
    if mention:
        body.append(blocks.section(" ".join(map(mention_of, mention))))
    body.append(blocks.section(status_line(case.escalation, case.history)))
    body.append(_conversation(case, link))
    body.append(
        blocks.facts(
            [
                (name, truncate(value, round(MAX_FACT * share)))
                for name, value in [*escalation_labels.facts(details), *_files(details)]
            ]
        )
    )
    body.append(_quoted(escalation_labels.ERROR, details.error, round(MAX_ERROR * share)))
    if details.tried:
        body.append(_quoted(escalation_labels.TRIED, details.tried, comment_limit))
    body += _resolution(escalation, comment_limit)
    body.append(blocks.context(_replied(case, round(1_000 * share))))
    if for_developers := case.judgement.for_developers:
        body.append(_quoted(escalation_labels.FOR_DEVELOPERS, for_developers, comment_limit))
    body += [_complaint(vote, comment_limit) for vote in case.votes if vote.reason or vote.words][
        :MAX_COMPLAINTS
    ]
    body.append(blocks.context(history_lines(case.history)))
    body.append(blocks.actions(decision_block_id(case), *_decisions(case)))
    body += _reply_box(case)
    if escalation.status not in CLOSED:
        body.append(blocks.context(support_wording.CARD_HINT))
    return body


def _reply_box(case: Case) -> list[Block]:
    """Return the box and its button; a closed escalation has none.

    With its number the box becomes another one for Slack, which is empty, once an answer was sent.
    """
    if case.escalation.status in CLOSED:
        return []
    box = blocks.text_input(
        f"{ids.BLOCK_BOX}.{case.answers_typed}",
        support_wording.BOX_LABEL,
        placeholder=blocks.plain_text(support_wording.BOX_PLACEHOLDER),
        multiline=True,
        max_length=MAX_BOX,
        required=True,
    )
    send = blocks.button(support_wording.BOX_SEND, ids.ACTION_SEND_TYPED, case.interaction.token)
    return [
        box,
        blocks.actions(f"{ids.ACTION_SEND_TYPED}.{case.answers_typed}", send),
    ]


def _files(details: Details) -> list[tuple[str, str]]:
    """Return the label and the names of the form's files, which are copied under the card."""
    names = ", ".join(file.name or file.id for file in details.files)
    return [(escalation_labels.FILES, names)] if names else []


def _notification(escalation: Escalation) -> str:
    """Return the notification's text: number, urgency, shop or requester, error."""
    details = escalation.details
    return support_wording.CARD_NOTIFICATIONS[escalation.status].format(
        name=escalation.name,
        urgency=escalation_labels.URGENCIES_IN_SHORT[details.urgency],
        store=shop_or_requester(escalation, 60),
        user=wording.who(escalation.requester),
        error=blocks.escape(truncate(" ".join(details.error.split()), 160)),
    )


def status_line(escalation: Escalation, history: Sequence[Change]) -> str:
    """Return the status, since when, when it was opened, and when it was first answered."""
    last = last_step(history)
    again = escalation.status is Status.OPEN and last.verb is not Verb.OPEN
    text = (
        support_wording.CARD_OPEN_AGAIN
        if again
        else support_wording.CARD_STATUSES[escalation.status]
    )
    answer = first_answer(history)
    answered = (
        support_wording.CARD_ANSWERED.format(since=moment(answer.at, "{ago}")) if answer else ""
    )
    status = text.format(
        user=wording.who(last.actor),
        since=moment(last.at, "{ago}"),
        opened=moment(escalation.opened_at, "{ago}"),
    )
    return f"{status}{answered}"


def decision_block_id(case: Case) -> str:
    """Return the id of the buttons' block, which contains the number of the last step."""
    return f"{ids.BLOCK_DECIDE}.{last_step(case.history).number}"


def _decisions(case: Case) -> list[Block]:
    token = case.interaction.token
    claim = blocks.button(support_wording.CLAIM, ids.ACTION_CLAIM, token, style="primary")
    resolve = blocks.button(support_wording.RESOLVE, ids.ACTION_RESOLVE, token, style="primary")
    release = blocks.button(support_wording.RELEASE, ids.ACTION_RELEASE, token)
    reopen = blocks.button(requester_wording.REOPEN, ids.ACTION_REOPEN, token)
    return {Status.OPEN: [claim], Status.CLAIMED: [resolve, release]}.get(
        case.escalation.status, [reopen]
    )


def _resolution(escalation: Escalation, limit: int) -> list[Block]:
    resolution = escalation.resolution
    if resolution is None:
        return []
    answers = (
        (support_wording.FIELD_CAUSE, resolution.cause),
        (support_wording.FIELD_HELPED, resolution.helped),
    )
    body = [_quoted(label, text, limit) for label, text in answers if text]
    return (
        [*body, blocks.context(support_wording.CARD_ARTICLE_WANTED)] if resolution.article else body
    )


def _replied(case: Case, limit: int) -> str:
    matches = matches_of(case.judgement.verdict)
    replied = "; ".join(f"{case.title_of(m, m.values)} ({m.article_id})" for m in matches)
    return blocks.escape(
        f"{support_wording.CARD_ARTICLES}: {truncate(replied, limit) or support_wording.CARD_NO_ARTICLE}"
    )


def _complaint(vote: Vote, limit: int) -> Block:
    reason = wording.REASONS[vote.reason] if vote.reason else ""
    return _quoted(
        support_wording.CARD_NOT_HELPED, ". ".join(filter(None, (reason, vote.words))), limit
    )


def _quoted(label: str, text: str, limit: int) -> Block:
    return blocks.rich_text(blocks.label(label), blocks.quote(truncate(text, limit)))


def notice(case: Case, change: Change, mention: Sequence[str]) -> OutgoingMessage:
    """Return the post about a change that support waits for; `mention`: whom it mentions."""
    text = (
        support_wording.NOTICES[change.verb]
        .format(
            name=case.escalation.name,
            store=shop_or_requester(case.escalation, 60),
            actor=wording.who(change.actor),
            whom=" ".join(map(mention_of, mention)),
        )
        .strip()
    )
    return OutgoingMessage(text, [blocks.section(text)])


def reminder(case: Case, since: Change, mention: Sequence[str]) -> OutgoingMessage:
    """Return the reminder that nobody has claimed the escalation; `mention`: whom it mentions."""
    whom = " ".join(map(mention_of, mention))
    details = case.escalation.details
    before = last_of(
        [c for c in case.history if c.number < since.number],
        *(Verb.RESOLVE, Verb.WITHDRAW, Verb.CLAIM, Verb.RELAY, Verb.ANSWER),
    )
    text = (
        support_wording.REMINDERS[since.verb]
        .format(
            actor=wording.who(since.actor),
            before=support_wording.BEFORE[before.verb].format(user=wording.who(before.actor))
            if before
            else "",
            name=case.escalation.name,
            store=shop_or_requester(case.escalation, 60),
            urgency=escalation_labels.URGENCIES_IN_SHORT[details.urgency],
            since=moment(since.at, "{ago}"),
            whom=whom,
        )
        .strip()
    )
    return OutgoingMessage(text, [blocks.section(text)])
