"""Interactions that are looked up by what Slack sends back: a button's token, a message, what is
asked most.
"""

from bot.domain.reports import Interaction, Report
from bot.storage.interactions import InteractionStore


class InteractionLookup:
    """Reads interactions for listeners, which change nothing by themselves."""

    def __init__(self, interactions: InteractionStore) -> None:
        self._interactions = interactions

    async def by_token(self, token: str) -> Interaction | None:
        """The interaction that a button names; None: it is of another database, or gone."""
        return await self._interactions.by_token(token)

    async def for_report(self, report: Report) -> Interaction | None:
        """The interaction that a report has already; None: it has none."""
        return await self._interactions.by_key(report.channel, report.key)

    async def most_asked(self, limit: int) -> list[str]:
        """Ids of the articles that most replies have shown, the first one the most."""
        return await self._interactions.most_asked(limit)
