"""Synchronisation of escalations and Zendesk's tickets, in both directions."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.escalations import HELPDESK, Change, Step, Ticket, Verb
from bot.domain.handover import Solved
from bot.domain.jobs import Attempt, JobKind
from bot.integrations.zendesk.helpdesk import Zendesk
from bot.services.handover import HandoverLoader
from bot.storage.escalations import EscalationStore
from bot.storage.tickets import TicketStore

POLL_SECONDS = 60.0
"""Zendesk allows ten incremental exports a minute (docs: Incremental Exports, rate limits)."""


class TicketSync:
    """Writes escalations to their tickets, and resolves what was solved in Zendesk."""

    def __init__(
        self,
        handovers: HandoverLoader,
        escalations: EscalationStore,
        tickets: TicketStore,
        helpdesk: Zendesk,
    ) -> None:
        self._handovers = handovers
        self._escalations = escalations
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
            ticket, again = Ticket(escalation_id, key, 1, updated_at), False
            await self._tickets.save(ticket)
        for change in _unsynced(case.history, ticket):
            status = case.escalation.status
            updated_at = await self._helpdesk.comment(ticket, handover, change, status, again=again)
            ticket, again = replace(ticket, synced=change.number, updated_at=updated_at), False
            await self._tickets.save(ticket)

    async def poll_tickets(self, _subject: int, _attempt: Attempt) -> float:
        """The job: resolve what was solved in Zendesk. Returns the seconds until the next poll."""
        solved, cursor = await self._helpdesk.solved(await self._tickets.cursor())
        for found in solved:
            ticket = await self._tickets.by_key(found.key)
            if ticket is None or await self._is_stale(found, ticket):
                continue
            await self._escalations.change(
                ticket.escalation_id,
                Step(Verb.RESOLVE, HELPDESK),
                (JobKind.PUBLISH_ESCALATION, JobKind.POST_NOTICES),
            )
            await self._tickets.save(replace(ticket, updated_at=found.updated_at))
        await self._tickets.set_cursor(cursor)
        return POLL_SECONDS

    async def _is_stale(self, found: Solved, ticket: Ticket) -> bool:
        """Whether there is nothing new.

        The export also has our own updates and what was read before. Its times are full seconds: of
        the second of our last update, only a ticket that has all our changes is new.
        """
        if found.updated_at == ticket.updated_at:
            return bool(_unsynced(await self._escalations.history(ticket.escalation_id), ticket))
        return found.updated_at < ticket.updated_at


def _unsynced(history: Sequence[Change], ticket: Ticket) -> list[Change]:
    """Returns the changes that the ticket lacks; reminders and Zendesk's own are left out."""
    later = (change for change in history if change.number > ticket.synced)
    return [
        change for change in later if change.verb is not Verb.REMIND and change.actor != HELPDESK
    ]
