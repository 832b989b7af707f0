"""A person asks for a human, and is heard once."""

from bot.domain.escalations import Details, Escalation
from bot.domain.ports import Desk, Escalations, Interactions
from bot.services.triage import Engine

ANNOUNCE = "announce"
"""Kind of the job that tells everybody of an escalation; its subject is the escalation."""


class EscalationDesk:
    """Opens escalations and announces them: card, note in the thread, the button's end."""

    def __init__(self, engine: Engine, escalations: Escalations, interactions: Interactions, desk: Desk) -> None:
        self._engine = engine
        self._escalations = escalations
        self._interactions = interactions
        self._desk = desk

    async def existing(self, interaction_id: int) -> Escalation | None:
        """The interaction's escalation, if there is one."""
        return await self._escalations.of(interaction_id)

    async def open(self, interaction_id: int, requester: str, details: Details) -> tuple[Escalation, bool]:
        """The interaction's escalation and whether this call made it: of two people, the first one's stands."""
        return await self._escalations.open(interaction_id, requester, details, ANNOUNCE)

    async def announce(self, escalation_id: int, *, again: bool) -> None:
        """The job. Each step is kept when done, so a repeat goes on where the last try stopped."""
        escalation = await self._escalations.get(escalation_id)
        interaction = await self._interactions.get(escalation.interaction_id)
        verdict = self._engine.verdict(interaction)
        if escalation.card_ts is None:
            channel, ts = await self._desk.card(escalation, interaction, verdict, again=again)
            await self._escalations.carded(escalation_id, channel, ts)
        if escalation.note_ts is None:
            note_ts = await self._desk.note(escalation, interaction, again=again)
            await self._escalations.noted(escalation_id, note_ts)
        await self._desk.mark(escalation, interaction, verdict)
