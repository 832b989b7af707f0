"""The note to the requester of an escalation."""

from bot.domain.cases import Case
from bot.domain.escalation_history import last_step
from bot.domain.escalations import CLOSED, HELPDESK, Change, Status, Verb
from bot.slack.views import blocks, ids, requester_wording, wording
from bot.slack.views.blocks import Block
from bot.slack.views.escalation_card import decision_block_id
from bot.slack.views.outgoing import OutgoingMessage


def note(case: Case, *, private: bool, begins_thread: bool) -> OutgoingMessage:
    """Return the note with the status; without what support wrote for itself.

    `begins_thread`: support's answers come in the note's own thread.
    """
    escalation = case.escalation
    last = last_step(case.history)
    if escalation.card_ts is None and escalation.status is Status.OPEN:
        text = requester_wording.NOTE_WAITING
    elif last.verb is Verb.RESOLVE and last.actor == HELPDESK:
        text = requester_wording.NOTE_RESOLVED_OUTSIDE
    else:
        text = requester_wording.NOTES[last.verb]
    text = text.format(
        user=requester_wording.YOU if private else wording.who(escalation.requester),
        name=escalation.name,
        actor=wording.who(last.actor),
        where=requester_wording.NOTE_WHERE_BELOW if begins_thread else requester_wording.NOTE_WHERE,
    )
    return OutgoingMessage(
        text,
        [blocks.section(text), blocks.actions(decision_block_id(case), _requester_button(case))],
    )


def notice(case: Case, change: Change) -> OutgoingMessage:
    """Return the post about a change that the requester waits for; it mentions them."""
    sentence = (
        requester_wording.NOTICE_RESOLVED_OUTSIDE
        if change.actor == HELPDESK
        else requester_wording.NOTICES[change.verb]
    )
    text = sentence.format(
        user=case.escalation.requester,
        name=case.escalation.name,
        actor=wording.who(change.actor),
        last_resort=blocks.escape(case.names.last_resort),
    )
    return OutgoingMessage(text, [blocks.section(text)])


def _requester_button(case: Case) -> Block:
    token = case.interaction.token
    if case.escalation.status in CLOSED:
        return blocks.button(requester_wording.REOPEN, ids.ACTION_REOPEN, token)
    title = requester_wording.WITHDRAW_TITLE.format(name=case.escalation.name)
    ask = blocks.question(
        title,
        requester_wording.WITHDRAW_ASK,
        requester_wording.WITHDRAW,
        requester_wording.WITHDRAW_NOT,
    )
    return blocks.button(requester_wording.WITHDRAW, ids.ACTION_WITHDRAW, token, ask=ask)
