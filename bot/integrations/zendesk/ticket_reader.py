"""Reading of tickets: what was solved in Zendesk, and what agents wrote to the shop there."""

from collections.abc import Mapping

from bot.domain.errors import TryLaterError
from bot.domain.escalation_history import last_step
from bot.domain.escalations import HELPDESK, Step, Ticket, Verb
from bot.domain.handover import TicketState
from bot.domain.jobs import Attempt, JobKind
from bot.domain.relays import RelayKind, ThreadMessage
from bot.integrations.zendesk.agent_comments import PersonsComment
from bot.integrations.zendesk.helpdesk import Zendesk
from bot.integrations.zendesk.ticket_sync import unsynced
from bot.redaction.redact import secrets_redacted
from bot.storage.escalations import EscalationStore
from bot.storage.relays import RelayStore
from bot.storage.tickets import TicketStore

POLL_SECONDS = 60.0
"""Zendesk allows ten incremental exports a minute (docs: Incremental Exports, rate limits)."""
_NOWHERE = ""
"""The channel of what was written outside Slack."""
SYNC_SECONDS = 2.0
"""Between looks whether a ticket has the changes of its escalation."""


class TicketFirstError(TryLaterError):
    """What was solved there is judged once the ticket has our changes; nothing has failed."""

    counts = False

    def __init__(self) -> None:
        super().__init__("a change is on its way to the ticket", SYNC_SECONDS)


class TicketReader:
    """Resolves what was solved in Zendesk, and relays agents' public comments."""

    def __init__(
        self,
        escalations: EscalationStore,
        relays: RelayStore,
        tickets: TicketStore,
        helpdesk: Zendesk,
    ) -> None:
        self._escalations = escalations
        self._relays = relays
        self._tickets = tickets
        self._helpdesk = helpdesk

    async def poll_tickets(self, _subject: int, _attempt: Attempt) -> float:
        """The job: have each ticket of ours that has changed read.

        Returns the seconds until the next poll.
        """
        changed, cursor = await self._helpdesk.changed(await self._tickets.cursor())
        ours = await self._tickets.by_keys(changed)
        await self._tickets.set_cursor(cursor, [ticket.escalation_id for ticket in ours.values()])
        return POLL_SECONDS

    async def read_ticket(self, escalation_id: int, _attempt: Attempt) -> None:
        """The job: relay what agents wrote publicly, then resolve what they solved."""
        ticket = await self._tickets.for_escalation(escalation_id)
        if ticket is None:
            return
        found = await self._helpdesk.state(ticket.key)
        await self._relay_comments(ticket)
        if found.is_solved:
            await self._resolve(escalation_id, found)

    async def _resolve(self, escalation_id: int, found: TicketState) -> None:
        """Resolve what was solved there, unless it was our own update that solved it.

        Raises:
            TicketFirstError: the ticket lacks a change, or one came meanwhile.
        """
        # both after the ticket's state: an update of ours may have been written to it meanwhile
        history = await self._escalations.history(escalation_id)
        ticket = await self._tickets.for_escalation(escalation_id)
        if ticket is None or found.updated_at < ticket.updated_at:
            return
        if unsynced(history, ticket):
            raise TicketFirstError
        seen = last_step(history)
        step = Step(Verb.RESOLVE, HELPDESK, seen.number)
        jobs = (JobKind.PUBLISH_ESCALATION, JobKind.POST_NOTICES)
        resolved = await self._escalations.change(escalation_id, step, jobs)
        if not resolved and last_step(await self._escalations.history(escalation_id)) != seen:
            raise TicketFirstError
        await self._tickets.set_updated_at(escalation_id, found.updated_at)

    async def _relay_comments(self, ticket: Ticket) -> None:
        """Store what agents wrote publicly, and what they have since made private."""
        escalation_id = ticket.escalation_id
        comments = [
            comment
            for comment in await self._helpdesk.comments(ticket.key)
            if comment.written_at >= ticket.comments_from
        ]
        known = await self._relays.keys_of(escalation_id, RelayKind.HELPDESK)
        new = [c for c in comments if c.is_public and c.text and _key(c) not in known]
        agents = await self._helpdesk.agents({comment.author for comment in new})
        for comment in new:
            if comment.author in agents:
                await self._relays.insert(
                    escalation_id, RelayKind.HELPDESK, _message(comment, agents)
                )
        for comment in comments:
            if _key(comment) in known:
                await self._follow(comment)

    async def _follow(self, comment: PersonsComment) -> None:
        """Store what has happened to a comment since it was relayed."""
        if not comment.is_public:
            await self._relays.delete(_NOWHERE, _key(comment))
        elif comment.redacted_at:
            await self._relays.edit(_message(comment, {}))


def _key(comment: PersonsComment) -> str:
    return f"zendesk-{comment.id}"


def _message(comment: PersonsComment, agents: Mapping[int, str]) -> ThreadMessage:
    return ThreadMessage(
        _NOWHERE,
        "",
        _key(comment),
        HELPDESK,
        secrets_redacted(comment.text),
        edited=comment.redacted_at,
        author=agents.get(comment.author, ""),
    )
