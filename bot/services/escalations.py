"""A person asks for a human, and is heard once."""

import logging
from dataclasses import replace

from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.escalations import Details, Escalation
from bot.domain.ports import Desk, Escalations, Interactions
from bot.domain.reports import Interaction
from bot.services.triage import Engine

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 300.0
"""Between tries to put a card up where Slack refuses it: an archived channel, a bot that was removed."""
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
        """The job. Each step is kept when done, so a repeat goes on where the last try stopped.

        A card that cannot be put up is tried until it can, however long that takes, and the requester is told.
        """
        escalation = await self._escalations.get(escalation_id)
        interaction = await self._interactions.get(escalation.interaction_id)
        verdict = self._engine.verdict(interaction)
        waiting = None
        if escalation.card_ts is None:
            try:
                channel, ts = await self._desk.card(escalation, interaction, verdict, again=again)
            except GaveUpError as error:
                waiting = error.reason
            else:
                await self._escalations.carded(escalation_id, channel, ts)
                escalation = replace(escalation, card_channel=channel, card_ts=ts)
        if waiting is None or escalation.note_ts is None:
            await self._tell(escalation, interaction, again=again)
        if waiting is not None:
            raise TryLaterError(f"{escalation.name} has no card yet: {waiting}", PATIENCE_SECONDS)
        await self._desk.mark(escalation, interaction, verdict)

    async def _tell(self, escalation: Escalation, interaction: Interaction, *, again: bool) -> None:
        try:
            note_ts = await self._desk.note(escalation, interaction, again=again)
        except GaveUpError as error:
            # the card is what matters; the thread may be in a channel the bot was removed from
            log.warning("%s: the requester could not be told: %s", escalation.name, error.reason)
        else:
            await self._escalations.noted(escalation.id, note_ts)
