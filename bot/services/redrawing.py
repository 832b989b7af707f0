"""Replies in Slack brought up to date when what they show has changed."""

from dataclasses import replace

from bot.domain.errors import TryLaterError
from bot.domain.ports import Attempt, Desk, Interactions
from bot.domain.reports import Interaction
from bot.services.tellings import Tellings

MAX_ROUNDS = 5


class Redrawing:
    """Updates a reply only where it shows something else: Slack allows an update every three seconds."""

    def __init__(self, interactions: Interactions, tellings: Tellings, desk: Desk) -> None:
        self._interactions = interactions
        self._tellings = tellings
        self._desk = desk

    async def redraw(self, interaction: Interaction, attempt: Attempt) -> None:
        """Bring the interaction's reply up to date. Two jobs may do so at once: who comes second looks again.

        After a try of which nobody knows the outcome, nobody knows what the reply shows either.

        Raises:
            TryLaterError, GaveUpError: Slack refuses, or others keep changing the reply.
        """
        if attempt.again:
            interaction = await self._doubted(interaction)
        for _ in range(MAX_ROUNDS):
            digest = await self._desk.renew(await self._tellings.of(interaction))
            if digest is None or await self._interactions.redrawn(interaction, digest):
                return
            # our update may have come after the other's, and shows what is old
            interaction = await self._doubted(await self._interactions.get(interaction.id))
        raise TryLaterError("other jobs keep changing the reply")

    async def _doubted(self, interaction: Interaction) -> Interaction:
        """The interaction with no word of what its reply shows, so that it is updated whatever that was."""
        if interaction.shown:
            await self._interactions.redrawn(interaction, "")
        return replace(interaction, shown="")
