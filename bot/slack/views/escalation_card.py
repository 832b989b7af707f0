"""How an escalation looks: to support on its card, to the requester in the thread. Pure views of a case."""

from collections.abc import Iterator, Sequence
from functools import partial

from bot.domain import escalation_labels
from bot.domain.article_text import cut, plain
from bot.domain.cases import Case
from bot.domain.escalations import (
    CLOSED,
    HELPDESK,
    Change,
    Escalation,
    Relay,
    Status,
    Verb,
    last_step,
)
from bot.domain.feedback import Vote
from bot.domain.jobs import Abandoned
from bot.domain.verdicts import Answer
from bot.slack.views import blocks, ids, wording
from bot.slack.views.blocks import Block
from bot.slack.views.mrkdwn import calling_only
from bot.slack.views.outgoing import OutgoingMessage

MAX_ERROR = 1_600
MAX_SAID = 700
MAX_FACT = 250
"""All of them shrink together where a card would be longer than Slack takes."""
MAX_BRIEF = 300
MAX_RELAY = 5_000
MAX_HISTORY = 10
MAX_COMPLAINTS = 3


def card(case: Case, link: str | None, mention: Sequence[str]) -> OutgoingMessage:
    """The escalation for those who take it up. Everything a person typed is plain text."""
    body = blocks.fitting(partial(_body, case, link, mention))
    return OutgoingMessage(_notification(case.escalation), body, _brief(case, link))


def _brief(case: Case, link: str | None) -> list[Block]:
    """What somebody who takes it up cannot do without, for when Slack refuses the full card."""
    title = f"{case.escalation.name}: {cut(case.escalation.details.store, MAX_BRIEF)}"
    return [
        blocks.section(blocks.escape(title)),
        blocks.section(_standing(case)),
        _whose(case, link),
        _quoted(escalation_labels.ERROR, case.escalation.details.error, MAX_BRIEF),
        blocks.actions("decide", *_decisions(case)),
        blocks.context(wording.CARD_SHORTENED),
    ]


def _whose(case: Case, link: str | None) -> Block:
    thread = f"<{link}|{wording.CARD_THREAD_LINK}>" if link else wording.CARD_PRIVATE
    requester = f"<@{case.escalation.requester}>"
    return blocks.fields((wording.CARD_REQUESTER, requester), (wording.CARD_THREAD, thread))


def _body(case: Case, link: str | None, mention: Sequence[str], share: float) -> list[Block]:
    """The card with that share of what people wrote."""
    escalation, details = case.escalation, case.escalation.details
    said = round(MAX_SAID * share)
    urgency = wording.URGENCIES[details.urgency]
    body = [
        blocks.header(
            wording.CARD_TITLE.format(urgency=urgency, name=escalation.name, store=details.store)
        )
    ]
    if mention:
        body.append(blocks.section(" ".join(map(_mention, mention))))
    body.append(blocks.section(_standing(case)))
    body.append(_whose(case, link))
    body.append(
        blocks.facts(
            [
                (name, cut(value, round(MAX_FACT * share)))
                for name, value in escalation_labels.facts(details)
            ]
        )
    )
    body.append(_quoted(escalation_labels.ERROR, details.error, round(MAX_ERROR * share)))
    if details.tried:
        body.append(_quoted(escalation_labels.TRIED, details.tried, said))
    body += _resolution(escalation, said)
    body.append(blocks.context(_replied(case, round(1_000 * share))))
    body += [_complaint(vote, said) for vote in case.votes if vote.reason or vote.words][
        :MAX_COMPLAINTS
    ]
    body.append(blocks.context(_history(case.history)))
    body.append(blocks.actions(_decide(case), *_decisions(case)))
    if escalation.status not in CLOSED:
        body.append(blocks.context(wording.CARD_HINT))
    return body


def _notification(escalation: Escalation) -> str:
    """What a phone shows of the card: which one, how urgent, whose shop, who asks, what the error is."""
    details = escalation.details
    return wording.CARD_NOTIFICATIONS[escalation.status].format(
        name=escalation.name,
        urgency=escalation_labels.URGENCIES_IN_SHORT[details.urgency],
        store=blocks.escape(cut(details.store, 60)),
        user=wording.who(escalation.requester),
        error=blocks.escape(cut(" ".join(details.error.split()), 160)),
    )


def _standing(case: Case) -> str:
    """One line: where it stands, since when, and how old it is."""
    last = last_step(case.history)
    again = case.escalation.status is Status.OPEN and last.verb is not Verb.OPEN
    said = wording.CARD_OPEN_AGAIN if again else wording.CARD_STANDINGS[case.escalation.status]
    return said.format(
        user=wording.who(last.actor),
        since=moment(last.at, "{ago}"),
        opened=moment(case.escalation.opened_at, "{ago}"),
    )


def moment(at: float, form: str = "{date_short_pretty} {time}") -> str:
    """A time that each reader sees by their own clock (docs: date formatting); `form` takes Slack's date tokens."""
    return f"<!date^{at:.0f}^{form}|{wording.utc(at)}>"


def _decide(case: Case) -> str:
    """The buttons' block, which comes back with a click: by what it was shown, see `ids.BLOCK_DECIDE`."""
    return f"{ids.BLOCK_DECIDE}.{last_step(case.history).number}"


def _decisions(case: Case) -> list[Block]:
    token = case.interaction.token
    claim = blocks.button(wording.CLAIM, ids.ACTION_CLAIM, token, style="primary")
    resolve = blocks.button(wording.RESOLVE, ids.ACTION_RESOLVE, token, style="primary")
    release = blocks.button(wording.RELEASE, ids.ACTION_RELEASE, token)
    reopen = blocks.button(wording.REOPEN, ids.ACTION_REOPEN, token)
    return {Status.OPEN: [claim], Status.CLAIMED: [resolve, release]}.get(
        case.escalation.status, [reopen]
    )


def _resolution(escalation: Escalation, limit: int) -> list[Block]:
    made = escalation.resolution
    if made is None:
        return []
    said = ((wording.FIELD_CAUSE, made.cause), (wording.FIELD_HELPED, made.helped))
    body = [_quoted(label, text, limit) for label, text in said if text]
    return [*body, blocks.context(wording.CARD_ARTICLE_WANTED)] if made.article else body


def _replied(case: Case, limit: int) -> str:
    verdict, articles = case.judgement.verdict, case.judgement.articles
    matches = verdict.matches if isinstance(verdict, Answer) else ()
    replied = "; ".join(
        f"{plain(articles[m.article_id].title, m.values)} ({m.article_id})" for m in matches
    )
    return blocks.escape(
        f"{wording.CARD_ARTICLES}: {cut(replied, limit) or wording.CARD_NO_ARTICLE}"
    )


def _complaint(vote: Vote, limit: int) -> Block:
    said = [wording.REASONS[vote.reason]] if vote.reason else []
    return _quoted(wording.CARD_NOT_HELPED, ". ".join([*said, *filter(None, [vote.words])]), limit)


def _history(history: Sequence[Change]) -> str:
    lines = [
        wording.HISTORY[c.verb].format(user=wording.who(c.actor), at=moment(c.at))
        for c in history[-MAX_HISTORY:]
    ]
    if len(history) > MAX_HISTORY:
        lines = [wording.HISTORY_CUT.format(count=len(history) - MAX_HISTORY), *lines]
    return "\n".join(lines)


def _quoted(label: str, text: str, limit: int) -> Block:
    return blocks.rich_text(blocks.label(label), blocks.quote(cut(text, limit)))


def _mention(who: str) -> str:
    if who == "here":
        return "<!here>"
    return f"<!subteam^{who}>" if who.startswith("S") else f"<@{who}>"


def note(case: Case, *, private: bool) -> OutgoingMessage:
    """What the requester is told. Nothing that support wrote down for itself is in it."""
    escalation = case.escalation
    last = last_step(case.history)
    if escalation.card_ts is None and escalation.status is Status.OPEN:
        text = wording.NOTE_WAITING
    elif last.verb is Verb.RESOLVE and last.actor == HELPDESK:
        text = wording.NOTE_RESOLVED_OUTSIDE
    else:
        text = wording.NOTES[last.verb]
    text = text.format(
        user=wording.YOU if private else wording.who(escalation.requester),
        name=escalation.name,
        actor=wording.who(last.actor),
        where=wording.NOTE_WHERE_PRIVATE if private else wording.NOTE_WHERE,
    )
    return OutgoingMessage(
        text, [blocks.section(text), blocks.actions(_decide(case), _requesters_button(case))]
    )


def _requesters_button(case: Case) -> Block:
    token = case.interaction.token
    if case.escalation.status in CLOSED:
        return blocks.button(wording.REOPEN, ids.ACTION_REOPEN, token)
    title = wording.WITHDRAW_TITLE.format(name=case.escalation.name)
    ask = blocks.question(title, wording.WITHDRAW_ASK, wording.WITHDRAW, wording.WITHDRAW_NOT)
    return blocks.button(wording.WITHDRAW, ids.ACTION_WITHDRAW, token, ask=ask)


def reminder(case: Case, since: Change, mention: Sequence[str]) -> OutgoingMessage:
    """Under the card: nobody has claimed it."""
    whom = " ".join(map(_mention, mention))
    details = case.escalation.details
    text = wording.REMINDER.format(
        name=case.escalation.name,
        store=blocks.escape(cut(details.store, 60)),
        urgency=escalation_labels.URGENCIES_IN_SHORT[details.urgency],
        since=moment(since.at, "{ago}"),
        whom=whom,
    ).strip()
    return OutgoingMessage(text, [blocks.section(text)])


def relay(case: Case, sent: Relay) -> OutgoingMessage:
    """Support's answer, in the requester's thread, as it was written: Slack has escaped it when it was typed. It calls
    nobody but the requester.
    """
    intro = wording.RELAYED.format(
        user=case.escalation.requester, sender=sent.sender, name=case.escalation.name
    )
    text = calling_only(case.escalation.requester, sent.text, wording.RELAYED_SOMEBODY)
    return OutgoingMessage(
        intro,
        blocks.fitting(
            lambda share: [
                *map(blocks.section, [intro, *_pieces(cut(text, round(len(text) * share)))])
            ],
        ),
    )


def _pieces(text: str) -> Iterator[str]:
    text = text.strip()
    while text:
        piece = cut(text, blocks.MAX_PLAIN, "")
        yield piece
        text = text[len(piece) :].lstrip()


def alert(job: Abandoned) -> OutgoingMessage:
    """To the operators: something could not be done."""
    what = wording.GIVEN_UP.get(job.kind, job.kind)
    text = wording.ALERT.format(
        what=what, reason=blocks.escape(cut(job.reason, 500)), number=job.id
    )
    return OutgoingMessage(text, [blocks.section(text)])


def token_refused(since: int) -> OutgoingMessage:
    """To the operators: for a while nothing could be posted."""
    text = wording.UNAUTHORISED.format(since=moment(since))
    return OutgoingMessage(text, [blocks.section(text)])
