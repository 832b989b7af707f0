"""Look-ups of interactions for listeners: by token, by report, and by frequency."""

from bot.domain.reports import Interaction, Report
from bot.log_fields import note
from bot.storage.interactions import InteractionStore


class InteractionLookup:
    """Reads interactions for listeners, which change nothing by themselves."""

    def __init__(self, interactions: InteractionStore) -> None:
        self._interactions = interactions

    async def by_token(self, token: str) -> Interaction | None:
        """Returns the interaction of a button's token; None if forgotten or of another database."""
        found = await self._interactions.by_token(token)
        if found is not None:
            note(interaction=found.id)
        return found

    async def for_report(self, report: Report) -> Interaction | None:
        """Returns the interaction of a report, or None."""
        return await self._interactions.by_key(report.channel, report.key)

    async def most_asked(self, limit: int) -> list[str]:
        """Returns ids of the articles in the most replies, the most frequent first."""
        return await self._interactions.most_asked(limit)
