"""Zendesk's tickets and escalations, kept in step both ways."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.escalations import HELPDESK, Change, Step, Ticket, Verb
from bot.domain.handover import Solved
from bot.domain.jobs import Attempt, JobKind
from bot.integrations.zendesk.helpdesk import Zendesk
from bot.services.handover import Handovers
from bot.storage.escalations import EscalationStore
from bot.storage.tickets import TicketStore

POLL_SECONDS = 60.0
"""Zendesk allows ten incremental exports a minute (its documentation: incremental exports, rate limits)."""


class TicketSync:
    """The help desk's tickets: ours go there, what is solved there comes back."""

    def __init__(
        self,
        handovers: Handovers,
        escalations: EscalationStore,
        tickets: TicketStore,
        helpdesk: Zendesk,
    ) -> None:
        self._handovers = handovers
        self._escalations = escalations
        self._tickets = tickets
        self._helpdesk = helpdesk

    async def sync_ticket(self, escalation_id: int, attempt: Attempt) -> None:
        """The job after each change: make the ticket, then tell it, in order, what it does not know yet."""
        case, handover = await self._handovers.load(escalation_id)
        ticket, again = await self._tickets.for_escalation(escalation_id), attempt.may_have_run
        if ticket is None and not handover.details.error:
            return
        if ticket is None:
            key, updated_at = await self._helpdesk.create(handover, again=again)
            ticket, again = Ticket(escalation_id, key, 1, updated_at), False
            await self._tickets.save(ticket)
        for change in _unsynced(case.history, ticket):
            status = case.escalation.status
            updated_at = await self._helpdesk.comment(ticket, handover, change, status, again=again)
            ticket, again = replace(ticket, synced=change.number, updated_at=updated_at), False
            await self._tickets.save(ticket)

    async def poll_tickets(self, _subject: int, _attempt: Attempt) -> float:
        """The job: resolve what was solved in the help desk. Gives the seconds until the next look."""
        solved, cursor = await self._helpdesk.solved(await self._tickets.cursor())
        for found in solved:
            ticket = await self._tickets.by_key(found.key)
            if ticket is None or await self._is_stale(found, ticket):
                continue
            await self._escalations.change(
                ticket.escalation_id, Step(Verb.RESOLVE, HELPDESK), (JobKind.PUBLISH_ESCALATION,)
            )
            await self._tickets.save(replace(ticket, updated_at=found.updated_at))
        await self._tickets.set_cursor(cursor)
        return POLL_SECONDS

    async def _is_stale(self, found: Solved, ticket: Ticket) -> bool:
        """The export also shows our own writing and what was read already. Its times are whole seconds: of what has the
        time of our last writing, only the tickets that know all our changes tell something new.
        """
        if found.updated_at == ticket.updated_at:
            return bool(_unsynced(await self._escalations.history(ticket.escalation_id), ticket))
        return found.updated_at < ticket.updated_at


def _unsynced(history: Sequence[Change], ticket: Ticket) -> list[Change]:
    """Reminders are ours alone, and what came from the help desk is known there."""
    later = (change for change in history if change.number > ticket.synced)
    return [
        change for change in later if change.verb is not Verb.REMIND and change.actor != HELPDESK
    ]
