"""Writing of escalations to their tickets: their changes and messages as comments, once each."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.cases import Case
from bot.domain.escalations import HELPDESK, Change, Ticket, Verb
from bot.domain.handover import Handover
from bot.domain.jobs import Attempt
from bot.domain.relays import Relay
from bot.integrations import slack_text
from bot.integrations.zendesk.comments import Comment, SlackMessage, about_change, about_revision
from bot.integrations.zendesk.helpdesk import ClosedTicketError, Zendesk
from bot.redaction.redact import redacted
from bot.services.delivery_log import Delivery, log_delivery
from bot.services.handover import HandoverLoader
from bot.storage.tickets import TicketStore

NAMED = frozenset({Verb.WITHDRAW, Verb.REOPEN})
"""The changes whose comment says who made them."""
MAX_NAMES = 10
"""The most people mentioned in a message whose names are looked up."""


class TicketSync:
    """Writes escalations to their tickets."""

    def __init__(
        self,
        handovers: HandoverLoader,
        tickets: TicketStore,
        helpdesk: Zendesk,
    ) -> None:
        self._handovers = handovers
        self._tickets = tickets
        self._helpdesk = helpdesk

    async def sync_ticket(self, escalation_id: int, attempt: Attempt) -> None:
        """The job after each change: create the ticket, then add what it lacks, in order."""
        case, handover = await self._handovers.load(escalation_id)
        ticket, again = await self._tickets.for_escalation(escalation_id), attempt.may_have_run
        if ticket is None and not handover.details.error:
            return
        if ticket is None:
            key, updated_at = await self._helpdesk.create(handover, again=again)
            # the opening has a comment of its own only if there is a note for developers
            synced = 0 if handover.for_developers else 1
            ticket = Ticket(escalation_id, key, synced, updated_at)
            # of what people did to it before it was stored, no poll tells
            await self._tickets.save_new(ticket, was_there=again)
            log_delivery(case.escalation.name, Delivery.TICKET, case.escalation.opened_at)
        changed = {
            relay.change: relay for relay in await self._tickets.relays_to_show(escalation_id)
        }
        for change in unsynced(case.history, ticket):
            ticket = await self._add_change(
                case, handover, ticket, change, changed.get(change.number), again=again
            )
        await self._add_revisions(handover, ticket, again=again)

    async def _add_change(
        self,
        case: Case,
        handover: Handover,
        ticket: Ticket,
        change: Change,
        relay: Relay | None,
        *,
        again: bool,
    ) -> Ticket:
        """Add the comment about a change; return the ticket with it."""
        status, who = case.escalation.status, ""
        if change.verb in NAMED:
            who = await self._handovers.name_of(change.actor)
        message = await self._message(relay) if relay else None
        comment = about_change(handover, change, status, who, message)
        ticket, revision = await self._comment(handover, ticket, comment, again=again)
        ticket = replace(ticket, synced=change.number)
        await self._tickets.save(ticket, relay and replace(relay, ticket_revision=revision))
        name, verb = case.escalation.name, change.verb.value
        log_delivery(name, Delivery.COMMENT, change.at, step=verb)
        return ticket

    async def _add_revisions(self, handover: Handover, ticket: Ticket, *, again: bool) -> None:
        """Add comments about edits and deletions of the messages that the ticket has."""
        for relay in await self._tickets.relays_to_show(ticket.escalation_id):
            is_there = relay.change is not None and relay.change <= ticket.synced
            if not is_there or not (relay.text or relay.files or relay.deleted):
                continue  # an old text is deleted
            message = await self._message(relay)
            comment = about_revision(handover, message)
            ticket, revision = await self._comment(handover, ticket, comment, again=again)
            await self._tickets.save(ticket, replace(relay, ticket_revision=revision))
            log_delivery(handover.name, Delivery.COMMENT, of=relay.kind.value)

    async def _comment(
        self, handover: Handover, ticket: Ticket, comment: Comment, *, again: bool
    ) -> tuple[Ticket, int]:
        """Add a comment, to a new ticket if this one is closed.

        Returns the ticket that has the comment, and the revision that the comment shows.
        """
        try:
            made = await self._helpdesk.comment(ticket, comment, again=again)
        except ClosedTicketError:
            key, updated_at = await self._helpdesk.follow_up(ticket, handover)
            ticket = replace(ticket, key=key, updated_at=updated_at)
            await self._tickets.save(ticket)
            log_delivery(handover.name, Delivery.TICKET)
            made = await self._helpdesk.comment(ticket, comment, again=again)
        return replace(ticket, updated_at=made.updated_at), made.revision

    async def _message(self, relay: Relay) -> SlackMessage:
        mentioned = slack_text.people(relay.text)[:MAX_NAMES]
        names = {user: await self._handovers.name_of(user) for user in mentioned}
        return SlackMessage(
            relay.id,
            relay.source,
            relay.edited,
            relay.revision,
            await self._handovers.name_of(relay.sender),
            redacted(slack_text.plain(relay.text, names)),
            len(relay.files),
            relay.deleted,
        )


def unsynced(history: Sequence[Change], ticket: Ticket) -> list[Change]:
    """Returns the changes that the ticket lacks; reminders and Zendesk's own are left out."""
    later = (change for change in history if change.number > ticket.synced)
    return [
        change for change in later if change.verb is not Verb.REMIND and change.actor != HELPDESK
    ]
